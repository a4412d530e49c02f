// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.service;

import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Parameters of the whole server that administrators set at run time. Reads come from memory; a change returns when it is
 * durable, and takes effect at once. Thread-safe.
 */
@ProviderType
public interface ParameterService {

    /** Base URL of the plugin repository, or its index file; absent: the setting {@code plugins.repository}. */
    String PLUGIN_SERVER = "plugin_server";

    /** {@code scheme://[user:password@]host[:port]} of the proxy for http downloads. */
    String HTTP_PROXY = "http_proxy";

    /** As {@link #HTTP_PROXY}, for ftp downloads. */
    String FTP_PROXY = "ftp_proxy";

    /** {@code host[:port]} of the proxy for https downloads. */
    String HTTPS_PROXY = "https_proxy";

    /** Language of descriptions: {@code fr} or {@code fr_CA}; absent: English. */
    String LOCALE = "locale";

    /** Whether phones are behind a network address translation: the text {@code 0} or {@code 1}; absent: 0. */
    String NAT = "NAT";

    /** The names in the order in which they are shown. */
    List<String> names();

    /**
     * The value as it was set. May hold a password.
     *
     * @return empty for one that is not set, and for an unknown name
     */
    Optional<String> get(String name);

    /**
     * Sets a parameter.
     *
     * @param value null to unset it
     * @throws RefusedException NOT_FOUND for an unknown name, INVALID with the reason, UNAVAILABLE
     */
    void set(String actor, String name, String value) throws RefusedException;
}
