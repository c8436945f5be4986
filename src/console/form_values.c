/*
 * The values of a form's fields.
 */
#include "form.h"
#include <string.h>

void field_fill(struct form *form, size_t field, const char *value)
{
    const char *const *choices = form->spec->fields[field].choices;
    for (size_t i = 0; choices && choices[i]; i++)
        if (strcmp(choices[i], value) == 0)
            field_choose(form, field, i);
    form->fields[field].original = arena_copy(form->arena, value ? value : "");
    line_set(&form->fields[field].line, value ? value : "");
}

void field_choose(struct form *form, size_t field, size_t choice)
{
    form->fields[field].choice = form->fields[field].original_choice = choice;
}

void field_tick(struct form *form, size_t field, unsigned ticks)
{
    form->fields[field].ticks = form->fields[field].original_ticks = ticks;
}

const char *field_value(const struct form *form, size_t field)
{
    const char *const *choices = form->spec->fields[field].choices;
    return choices ? choices[form->fields[field].choice] : form->fields[field].line.bytes;
}

bool field_changed(const struct form *form, size_t field)
{
    const struct field *one = &form->fields[field];
    if (form->spec->fields[field].ticks)
        return one->ticks != one->original_ticks;
    if (form->spec->fields[field].choices)
        return one->choice != one->original_choice;
    return strcmp(one->line.bytes, one->original) != 0;
}

bool fields_changed(const struct form *form, size_t from, size_t to)
{
    for (size_t i = from; i <= to; i++)
        if (field_changed(form, i))
            return true;
    return false;
}

bool form_completing(const struct form *form)
{
    return form->ghost && form->fields[form->focus].note[0];
}

size_t form_choices(const char *const *choices)
{
    size_t count = 0;
    while (choices[count])
        count++;
    return count;
}
