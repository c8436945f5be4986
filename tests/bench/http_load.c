/*
 * Bridges that ask as fast as they are answered: http_load PORT SECRET CONNECTIONS REQUESTS, with
 * conference IDs on standard input, one a line, which take turns. Connections are kept. Prints the
 * requests a second, and the median and the 99th hundredth of an answer's time in microseconds; an
 * answer other than an admission ends it.
 */
#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <time.h>
#include <unistd.h>

enum { IDS_MAX = 4096, CONNECTIONS_MAX = 256, ANSWER_MAX = 4096 };

struct bridge {
    int socket;
    double asked;
    char answer[ANSWER_MAX];
    size_t length;
};

struct load {
    const char *secret;
    char ids[IDS_MAX][16];
    int id_count, sent, done, wanted;
    double *times;
};

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

static void fail(const char *what)
{
    fprintf(stderr, "http_load: %s\n", what);
    exit(1);
}

static void ask(struct load *load, struct bridge *bridge)
{
    char request[300];
    if (load->sent == load->wanted)
        return;
    int number = load->sent++;
    int length = snprintf(request, sizeof request,
                          "GET /v1/admit?digits=%s&caller=%%2B1555%07d&number=%%2B13238494874"
                          "&trunk=provider HTTP/1.1\r\nHost: localhost\r\n"
                          "Authorization: Bearer %s\r\n\r\n",
                          load->ids[number % load->id_count], number, load->secret);
    bridge->asked = now();
    bridge->length = 0;
    if (write(bridge->socket, request, (size_t)length) != length)
        fail("a request was not taken");
}

/* Answers are small and have a length: they are whole once that many bytes are behind the head. */
static void hear(struct load *load, struct bridge *bridge)
{
    ssize_t got = read(bridge->socket, bridge->answer + bridge->length,
                       sizeof bridge->answer - 1 - bridge->length);
    if (got <= 0)
        fail("a connection was closed");
    bridge->length += (size_t)got;
    bridge->answer[bridge->length] = '\0';
    const char *head = strstr(bridge->answer, "\r\n\r\n");
    const char *length = strcasestr(bridge->answer, "content-length:");
    if (!head || !length ||
        bridge->length < (size_t)(head + 4 - bridge->answer) + strtoul(length + 15, NULL, 10))
        return;
    if (!strstr(head, "\"admit\""))
        fail(bridge->answer);
    load->times[load->done++] = now() - bridge->asked;
    ask(load, bridge);
}

static void bridge_connect(struct bridge *bridge, int port)
{
    struct sockaddr_in to = {.sin_family = AF_INET,
                             .sin_port = htons((uint16_t)port),
                             .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    bridge->socket = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(bridge->socket, (struct sockaddr *)&to, sizeof to) != 0)
        fail("nobody listens");
}

static int by_size(const void *a, const void *b)
{
    const double *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

int main(int argc, char **argv)
{
    static struct bridge bridges[CONNECTIONS_MAX];
    static struct load load;
    if (argc < 5)
        return 2;
    int count = atoi(argv[3]), poll = epoll_create1(0);
    load.secret = argv[2];
    load.wanted = atoi(argv[4]);
    load.times = calloc((size_t)load.wanted + 1, sizeof *load.times);
    while (load.id_count < IDS_MAX && scanf("%15s", load.ids[load.id_count]) == 1)
        load.id_count++;
    if (count < 1 || count > CONNECTIONS_MAX || load.id_count == 0 || load.wanted < 1 ||
        !load.times)
        return 2;
    double began = now();
    for (int i = 0; i < count; i++) {
        struct epoll_event wanted = {.events = EPOLLIN, .data.ptr = &bridges[i]};
        bridge_connect(&bridges[i], atoi(argv[1]));
        epoll_ctl(poll, EPOLL_CTL_ADD, bridges[i].socket, &wanted);
        ask(&load, &bridges[i]);
    }
    while (load.done < load.wanted) {
        struct epoll_event ready[CONNECTIONS_MAX];
        int n = epoll_wait(poll, ready, CONNECTIONS_MAX, -1);
        for (int i = 0; i < n; i++)
            hear(&load, ready[i].data.ptr);
    }
    double took = now() - began;
    qsort(load.times, (size_t)load.done, sizeof *load.times, by_size);
    printf("%.1f %.1f %.1f\n", load.done / took * 1e6, load.times[load.done / 2],
           load.times[load.done * 99 / 100]);
    return 0;
}
