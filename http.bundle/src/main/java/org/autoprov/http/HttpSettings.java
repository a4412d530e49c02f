// SPDX-License-Identifier: Apache-2.0
package org.autoprov.http;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The settings of the phones' HTTP listener, as they stand in the configuration. Ranges: {@link ListenerOptions}. */
@ObjectClassDefinition(name = "Autoprov: phones over HTTP")
public @interface HttpSettings {

    @AttributeDefinition(description = "Address that the phones' listeners bind to: a name or an IP address.")
    String phones_host() default "0.0.0.0";

    @AttributeDefinition(description = "TCP port of the phones' HTTP listener, 0 to 65535; 0 takes any free port.")
    int phones_http_port() default 8667;

    @AttributeDefinition(description = "Number of proxies in front whose X-Forwarded-For is believed, 0 to 16; with 0 "
            + "the header is ignored.")
    int phones_http_trusted__proxies() default 0;

    @AttributeDefinition(description = "Longest request line with all header fields, bytes, 1024 to 65536; a longer "
            + "one is answered with 431 or 414.")
    int phones_http_header__bytes() default 16_384;

    @AttributeDefinition(description = "A connection on which nothing moves for this long is closed, seconds, 1 to "
            + "3600.")
    int phones_http_idle__seconds() default 30;

    @AttributeDefinition(description = "A request line with its header fields must arrive within this time, however "
            + "steadily it trickles, seconds, 1 to 600.")
    int phones_http_request__seconds() default 20;

    @AttributeDefinition(description = "Slowest transfer that is put up with once the time for a request has passed, "
            + "bytes per second, 1 to 1000000.")
    int phones_http_slowest() default 1_000;

    @AttributeDefinition(description = "Most connections at a time, 1 to 1000000; beyond, idle ones are closed sooner "
            + "and new ones wait.")
    int phones_http_connections() default 20_000;

    @AttributeDefinition(description = "Most threads that serve phones at a time, 8 to 2000; a Java with virtual "
            + "threads uses those besides.")
    int phones_http_threads() default 200;

    @AttributeDefinition(description = "Most files that phones may be sending at a time, 1 to 1000; more are answered "
            + "with 503.")
    int phones_http_uploads() default 32;
}
