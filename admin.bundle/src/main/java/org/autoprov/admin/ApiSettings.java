// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The settings of the administrators' listener, as they stand in the configuration. */
@ObjectClassDefinition(name = "Autoprov: API for administrators")
public @interface ApiSettings {

    @AttributeDefinition(description = "Address that the API binds to: a name or an IP address.")
    String api_host() default "127.0.0.1";

    @AttributeDefinition(min = "0", max = "65535", description = "TCP port of the API; 0 takes any free port.")
    int api_port() default 8666;

    @AttributeDefinition(
            min = "65536",
            max = "1073741824",
            description = "Largest body of a request, bytes; a larger one is answered with 413.")
    int api_body_max() default 8_388_608;

    @AttributeDefinition(
            min = "4",
            max = "1000",
            description = "Most threads that serve the API; a request that waits for the store holds one.")
    int api_threads() default 32;

    @AttributeDefinition(
            description = "Whether /metrics may be read without a token; it tells how many devices there are of which"
                    + " family and how busy the server is.")
    boolean api_metrics_public() default false;

    @AttributeDefinition(
            min = "1",
            max = "10000",
            description = "Most streams of events that are open at a time; one more is answered with 503.")
    int api_events_max() default 100;

    @AttributeDefinition(
            description = "Whether tenants' webhooks may go to this machine and its link: loopback and link-local"
                    + " addresses. Whoever may set a webhook could reach what listens there.")
    boolean webhooks_internal() default false;
}
