-- Digits that are no ID are compared with those of the third-party providers, which few organizers have.
CREATE INDEX organizer_third_party ON organizer (search, uid) WHERE provider = 'third-party';
