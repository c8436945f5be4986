/* The file, or standard input, that an import reads. For transfer's own files. */
#ifndef TRANSFER_SOURCE_H
#define TRANSFER_SOURCE_H

#include <desk/session.h>

/* Without opening it, which the writer of a named pipe would see. Errors as of source_open. */
enum err source_find(struct session *session, const char *name);
/* "-" is standard input. ERR_INVALID if the file is not there or is a folder. */
enum err source_open(struct session *session, const char *name, int *fd);
void source_close(int fd); /* leaves standard input open */
/* Its name, for messages. */
const char *source_name(const char *name);

#endif
