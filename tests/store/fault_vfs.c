/* See fault_vfs.h. Everything but writing, syncing and cutting is handed on as it is. */
#include "fault_vfs.h"

#include <sqlite3.h>
#include <string.h>

struct fault_file {
    sqlite3_file base;
    sqlite3_file *real; /* stands right behind this */
};

static sqlite3_vfs layer;
static sqlite3_vfs *below;
static enum fault_kind armed_kind;
static int armed_at;
static bool armed_for_ever, struck;

void fault_vfs_arm(enum fault_kind kind, int at, bool for_ever)
{
    armed_kind = kind;
    armed_at = at;
    armed_for_ever = for_ever;
    struck = false;
}

bool fault_vfs_struck(void)
{
    return struck;
}

/* Counts down; true when this call is to fail. */
static bool strike(void)
{
    if (struck)
        return armed_for_ever;
    if (armed_at == 0 || --armed_at > 0)
        return false;
    struck = true;
    return true;
}

static sqlite3_file *real_of(sqlite3_file *file)
{
    void *self = file;
    return ((struct fault_file *)self)->real;
}

#define METHOD(file, name) real_of(file)->pMethods->name

static int file_close(sqlite3_file *file)
{
    return METHOD(file, xClose)(real_of(file));
}

static int file_read(sqlite3_file *file, void *bytes, int size, sqlite3_int64 at)
{
    return METHOD(file, xRead)(real_of(file), bytes, size, at);
}

/* A short write leaves half of the bytes behind, as a disk that fills up does. */
static int file_write(sqlite3_file *file, const void *bytes, int size, sqlite3_int64 at)
{
    if (!strike())
        return METHOD(file, xWrite)(real_of(file), bytes, size, at);
    if (armed_kind == FAULT_SHORT_WRITE)
        METHOD(file, xWrite)(real_of(file), bytes, size / 2, at);
    return armed_kind == FAULT_WRITE_ERROR ? SQLITE_IOERR_WRITE : SQLITE_FULL;
}

static int file_truncate(sqlite3_file *file, sqlite3_int64 size)
{
    return strike() ? SQLITE_IOERR_TRUNCATE : METHOD(file, xTruncate)(real_of(file), size);
}

static int file_sync(sqlite3_file *file, int flags)
{
    return strike() ? SQLITE_IOERR_FSYNC : METHOD(file, xSync)(real_of(file), flags);
}

static int file_size(sqlite3_file *file, sqlite3_int64 *size)
{
    return METHOD(file, xFileSize)(real_of(file), size);
}

static int file_lock(sqlite3_file *file, int level)
{
    return METHOD(file, xLock)(real_of(file), level);
}

static int file_unlock(sqlite3_file *file, int level)
{
    return METHOD(file, xUnlock)(real_of(file), level);
}

static int file_reserved(sqlite3_file *file, int *out)
{
    return METHOD(file, xCheckReservedLock)(real_of(file), out);
}

static int file_control(sqlite3_file *file, int what, void *argument)
{
    return METHOD(file, xFileControl)(real_of(file), what, argument);
}

static int file_sector(sqlite3_file *file)
{
    return METHOD(file, xSectorSize)(real_of(file));
}

static int file_traits(sqlite3_file *file)
{
    return METHOD(file, xDeviceCharacteristics)(real_of(file));
}

static int file_shm_map(sqlite3_file *file, int page, int size, int extend, void volatile **out)
{
    return METHOD(file, xShmMap)(real_of(file), page, size, extend, out);
}

static int file_shm_lock(sqlite3_file *file, int offset, int n, int flags)
{
    return METHOD(file, xShmLock)(real_of(file), offset, n, flags);
}

static void file_shm_barrier(sqlite3_file *file)
{
    METHOD(file, xShmBarrier)(real_of(file));
}

static int file_shm_unmap(sqlite3_file *file, int remove)
{
    return METHOD(file, xShmUnmap)(real_of(file), remove);
}

static const sqlite3_io_methods methods = {
    .iVersion = 2,
    .xClose = file_close,
    .xRead = file_read,
    .xWrite = file_write,
    .xTruncate = file_truncate,
    .xSync = file_sync,
    .xFileSize = file_size,
    .xLock = file_lock,
    .xUnlock = file_unlock,
    .xCheckReservedLock = file_reserved,
    .xFileControl = file_control,
    .xSectorSize = file_sector,
    .xDeviceCharacteristics = file_traits,
    .xShmMap = file_shm_map,
    .xShmLock = file_shm_lock,
    .xShmBarrier = file_shm_barrier,
    .xShmUnmap = file_shm_unmap,
};

static int vfs_open(sqlite3_vfs *vfs, sqlite3_filename name, sqlite3_file *file, int flags,
                    int *out)
{
    void *self = file;
    struct fault_file *made = self;
    (void)vfs;
    made->real = (void *)(made + 1);
    int rc = below->xOpen(below, name, made->real, flags, out);
    made->base.pMethods = made->real->pMethods ? &methods : NULL;
    return rc;
}

void fault_vfs_install(void)
{
    if (below)
        return;
    below = sqlite3_vfs_find(NULL);
    layer = *below;
    layer.zName = "faults";
    layer.pNext = NULL;
    layer.szOsFile = (int)sizeof(struct fault_file) + below->szOsFile;
    layer.xOpen = vfs_open;
    sqlite3_vfs_register(&layer, 1);
}
