// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.internal.server;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** Settings of the core bundle. Their names are the methods' names with dots. */
@ObjectClassDefinition(id = CoreSettings.PID, name = "Autoprov: core")
public @interface CoreSettings {

    /** Every setting of the server is a property of this one configuration. */
    String PID = "org.autoprov";

    @AttributeDefinition(
            required = false,
            description = "base URL written into phones' configurations; empty: the address that the phone reached")
    String advertised_http_url() default "";

    @AttributeDefinition(
            description = "url_key: the first path element of a phone's URL must be a tenant's provisioning key",
            options = {@Option(value = "none"), @Option(value = "url_key")})
    String phones_http_auth() default "none";

    @AttributeDefinition(
            description =
                    "with url_key: whether a tenant's key opens the devices of that tenant and new ones only (true), or those of all tenants (false)")
    boolean phones_http_auth_tenant() default true;

    @AttributeDefinition(
            description =
                    "who gets a claimed device's secret files: address: the source address it was claimed from, or else first asked from; network: private, loopback and link-local addresses; any: whoever asks. A tenant's URL key or the phone's certificate opens them too",
            options = {@Option(value = "address"), @Option(value = "network"), @Option(value = "any")})
    String phones_secrets_source() default "address";

    @AttributeDefinition(
            min = "1",
            max = "1073741824",
            description = "largest file that a phone may upload, bytes; a device keeps at most eight times as much")
    int phones_upload_max() default 2097152;

    @AttributeDefinition(
            description = "how a request's sender is found; secure: by MAC, serial number or address, never added",
            options = {@Option(value = "default"), @Option(value = "secure")})
    String identification_retriever() default "default";

    @AttributeDefinition(
            description = "how a found device is completed; secure: not at all",
            options = {@Option(value = "default"), @Option(value = "secure")})
    String identification_updater() default "default";

    @AttributeDefinition(
            required = false,
            description =
                    "folder of vendor bundles, or URL of a repository or its index; empty: the shipped repository/")
    String plugins_repository() default "";

    @AttributeDefinition(
            required = false,
            description = "plugins to install at the first start: ids or families, comma separated, or all")
    String plugins_preinstall() default "";

    @AttributeDefinition(
            min = "1",
            max = "4096",
            description = "memory for generated files, MiB; what does not fit is generated again when asked for")
    int cache_size() default 64;

    @AttributeDefinition(
            min = "0",
            max = "65535",
            description = "UDP port of the phones' TFTP listener, which they are told; 0 takes any free port")
    int tftp_port() default 6969;

    @AttributeDefinition(
            min = "0",
            max = "65535",
            description = "SIP port that the onboarding accounts register at; 0 is any free port")
    int sip_port() default 5065;

    @AttributeDefinition(
            description =
                    "answer phones that ask by multicast (224.0.1.75:5060); without effect while SIP is not there")
    boolean sip_pnp() default true;
}
