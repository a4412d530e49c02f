// SPDX-License-Identifier: Apache-2.0
package org.autoprov.http;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The settings of the phones' HTTP listener, as they stand in the configuration. Ranges: {@link ListenerOptions}. */
@ObjectClassDefinition(name = "Autoprov: phones over HTTP")
public @interface HttpSettings {

    @AttributeDefinition(description = "Address that the phones' listeners bind to: a name or an IP address.")
    String phones_host() default "0.0.0.0";

    @AttributeDefinition(
            min = "0",
            max = "65535",
            description = "TCP port of the phones' HTTP listener; 0 takes any free port.")
    int phones_http_port() default 8667;

    @AttributeDefinition(
            min = "0",
            max = "16",
            description =
                    "Number of proxies in front whose X-Forwarded-For is believed; with 0 " + "the header is ignored.")
    int phones_http_trusted__proxies() default 0;

    @AttributeDefinition(
            min = "1024",
            max = "65536",
            description = "Longest request line with all header fields, bytes; a longer "
                    + "one is answered with 431 or 414.")
    int phones_http_header__bytes() default 16_384;

    @AttributeDefinition(
            min = "1",
            max = "3600",
            description = "A connection on which nothing moves for this long is closed, seconds.")
    int phones_http_idle__seconds() default 30;

    @AttributeDefinition(
            min = "1",
            max = "600",
            description = "A request line with its header fields must arrive within this time, however "
                    + "steadily it trickles, seconds.")
    int phones_http_request__seconds() default 20;

    @AttributeDefinition(
            min = "1",
            max = "1000000",
            description = "Slowest transfer that is put up with once the time for a request has passed, "
                    + "bytes per second.")
    int phones_http_slowest() default 1_000;

    @AttributeDefinition(
            min = "1",
            max = "1000000",
            description = "Most connections at a time; beyond, idle ones are closed sooner " + "and new ones wait.")
    int phones_http_connections() default 20_000;

    @AttributeDefinition(
            min = "8",
            max = "2000",
            description =
                    "Most threads that serve phones at a time; a Java with virtual " + "threads uses those besides.")
    int phones_http_threads() default 64;

    @AttributeDefinition(
            min = "1",
            max = "1000",
            description = "Most files that phones may be sending at a time; more are answered " + "with 503.")
    int phones_http_uploads() default 32;
}
