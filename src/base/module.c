/*
 * Modules are found by where the running program lies, never by the linker's path.
 */
#include <base/module.h>
#include <dlfcn.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* The folder of the running program, also if its file was replaced meanwhile. */
static bool program_folder(char folder[PATH_MAX])
{
    static const char deleted[] = " (deleted)";
    ssize_t n = readlink("/proc/self/exe", folder, PATH_MAX - 1);
    if (n <= 0)
        return false;
    folder[n] = '\0';
    size_t tail = sizeof deleted - 1;
    if ((size_t)n > tail && strcmp(folder + n - tail, deleted) == 0)
        folder[(size_t)n - tail] = '\0';
    char *slash = strrchr(folder, '/');
    if (!slash)
        return false;
    *slash = '\0';
    return true;
}

/* The module's file in the build tree, else in an installation. */
static bool module_path(const char *name, char path[PATH_MAX])
{
    char folder[PATH_MAX];
    if (!program_folder(folder))
        return false;
    int n = snprintf(path, PATH_MAX, "%s/modules/%s.so", folder, name);
    if (n > 0 && n < PATH_MAX && access(path, F_OK) == 0)
        return true;
    n = snprintf(path, PATH_MAX, "%s/../lib/dialdesk/%s.so", folder, name);
    return n > 0 && n < PATH_MAX && access(path, F_OK) == 0;
}

enum err module_open(const char *name, const void **record, struct error *error)
{
    char path[PATH_MAX];
    if (!module_path(name, path))
        return error_set_what(error, ERR_IO,
                              "it is neither beside the program nor in its library folder; "
                              "build or install dialdesk again",
                              "module '%s'", name);
    void *handle = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    if (!handle)
        return error_set(error, ERR_IO, path, "%s", dlerror());
    const void *found = dlsym(handle, "dialdesk_module");
    const char *stamp = found ? *(const char *const *)found : NULL;
    if (!stamp || strcmp(stamp, MODULE_STAMP) != 0)
        return error_set(
            error, ERR_IO, path,
            "it belongs to another build (%s, not %s); build or install dialdesk again",
            stamp ? stamp : "it has no stamp", MODULE_STAMP);
    *record = found;
    return ERR_OK;
}
