/* The ends of calls, by libre and librem. */
#include "leg.h"
#include <math.h>
#include <string.h>
#include <unistd.h>

static void on_packet(const struct sa *from, const struct rtp_header *header, struct mbuf *packet,
                      void *context)
{
    struct leg *leg = context;
    int16_t samples[FRAME];
    size_t count = mbuf_get_left(packet);
    int event;
    bool released;
    (void)from;
    if (header->pt == 0 && count <= FRAME) {
        for (size_t i = 0; i < count; i++)
            samples[i] = g711_ulaw2pcm(mbuf_buf(packet)[i]);
        leg->on_audio(leg->context, samples, count);
        return;
    }
    const struct sdp_format *format = sdp_media_lformat(leg->audio, header->pt);
    if (!format || str_casecmp(format->name, telev_rtpfmt) != 0 || !leg->on_digit)
        return;
    if (telev_recv(leg->keys, packet, &event, &released) == 0 && released)
        leg->on_digit(leg->context, (char)telev_code2digit(event));
}

int leg_open(struct leg *leg)
{
    struct sa address;
    int err = sa_set_str(&address, "127.0.0.1", 0);
    err = err ? err
              : rtp_listen(&leg->rtp, IPPROTO_UDP, &address, 20000, 50000, false, on_packet, NULL,
                           leg);
    err = err ? err : telev_alloc(&leg->keys, DIGIT_MS);
    err = err ? err : sdp_session_alloc(&leg->sdp, &address);
    err = err ? err
              : sdp_media_add(&leg->audio, leg->sdp, sdp_media_audio, sa_port(rtp_local(leg->rtp)),
                              sdp_proto_rtpavp);
    err = err ? err
              : sdp_format_add(NULL, leg->audio, false, "0", "PCMU", RATE, 1, NULL, NULL, NULL,
                               false, NULL);
    return err ? err
               : sdp_format_add(NULL, leg->audio, false, "101", telev_rtpfmt, RATE, 1, NULL, NULL,
                                NULL, false, "0-15");
}

void leg_close(struct leg *leg)
{
    leg->rtp = mem_deref(leg->rtp);
    leg->sdp = mem_deref(leg->sdp);
    leg->keys = mem_deref(leg->keys);
}

/* `payload` has room for the packet's header before its position. */
static void send_packet(struct leg *leg, bool mark, uint8_t type, uint32_t timestamp,
                        struct mbuf *payload)
{
    const struct sa *there = sdp_media_raddr(leg->audio);
    payload->pos = RTP_HEADER_SIZE;
    if (sa_isset(there, SA_ALL))
        rtp_send(leg->rtp, there, false, mark, type, timestamp, payload);
    mem_deref(payload);
}

static struct mbuf *payload_new(void)
{
    struct mbuf *payload = mbuf_alloc(RTP_HEADER_SIZE + FRAME);
    payload->pos = payload->end = RTP_HEADER_SIZE;
    return payload;
}

void leg_speak(struct leg *leg, const int16_t frame[FRAME])
{
    struct mbuf *payload = payload_new();
    for (int i = 0; i < FRAME; i++)
        mbuf_write_u8(payload, g711_pcm2ulaw(frame[i]));
    send_packet(leg, false, 0, leg->timestamp, payload);
    leg->timestamp += FRAME;
}

bool leg_press(struct leg *leg)
{
    const struct sdp_format *format = sdp_media_rformat(leg->audio, telev_rtpfmt);
    struct mbuf *payload = payload_new();
    bool mark;
    if (!format || telev_poll(leg->keys, &mark, payload) != 0) {
        mem_deref(payload);
        return false;
    }
    if (mark) /* all packets of an event bear the time of its beginning (RFC 4733, section 2.5.1.2) */
        leg->pressed_at = leg->timestamp;
    send_packet(leg, mark, (uint8_t)format->pt, leg->pressed_at, payload);
    return true;
}

void tone_add(int16_t frame[FRAME], int hertz, uint64_t at)
{
    for (int i = 0; i < FRAME; i++)
        frame[i] =
            (int16_t)(frame[i] + TONE_LOUD * sin(2 * M_PI * hertz *
                                                 (double)((at + (uint64_t)i) % RATE) / RATE));
}

static void on_beat(void *context)
{
    struct beat *beat = context;
    for (; beat->next <= tmr_jiffies(); beat->next += FRAME_MS)
        beat->tick(beat->context);
    uint64_t now = tmr_jiffies();
    tmr_start(&beat->timer, beat->next > now ? beat->next - now : 1, on_beat, beat);
}

void beat_start(struct beat *beat, void (*tick)(void *context), void *context)
{
    beat->tick = tick;
    beat->context = context;
    beat->next = tmr_jiffies() + FRAME_MS;
    tmr_init(&beat->timer);
    tmr_start(&beat->timer, FRAME_MS, on_beat, beat);
}

static void on_readable(int flags, void *context)
{
    struct lines *lines = context;
    ssize_t n = read(lines->fd, lines->text + lines->length, sizeof lines->text - lines->length);
    (void)flags;
    if (n <= 0) {
        fd_close(lines->fd);
        lines->end(lines->context);
        return;
    }
    lines->length += (size_t)n;
    char *begin = lines->text, *end;
    while ((end = memchr(begin, '\n', lines->length - (size_t)(begin - lines->text)))) {
        *end = '\0';
        lines->line(lines->context, begin);
        begin = end + 1;
    }
    lines->length -= (size_t)(begin - lines->text);
    memmove(lines->text, begin, lines->length);
}

int lines_start(struct lines *lines)
{
    return fd_listen(lines->fd, FD_READ, on_readable, lines);
}

int stack_open(struct stack *stack, sipsess_conn_h *on_call, void *context)
{
    int err = sa_set_str(&stack->address, "127.0.0.1", 0);
    err = err ? err : sip_alloc(&stack->sip, NULL, 32, 32, 32, "dialdesk test", NULL, NULL);
    err = err ? err : sip_transp_add(stack->sip, SIP_TRANSP_UDP, &stack->address);
    err = err ? err : sip_transp_laddr(stack->sip, &stack->address, SIP_TRANSP_UDP, NULL);
    return err ? err : sipsess_listen(&stack->sessions, stack->sip, 32, on_call, context);
}

void stack_close(struct stack *stack)
{
    sipsess_close_all(stack->sessions);
    sip_transp_flush(stack->sip);
    sip_close(stack->sip, true);
    mem_deref(stack->sessions);
    mem_deref(stack->sip);
}
