// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.internal.path;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.autoprov.core.device.DeviceInfo;
import org.autoprov.core.internal.device.IpText;
import org.autoprov.core.internal.plugin.PluginRegistry;
import org.autoprov.core.request.PhoneRequest;
import org.autoprov.core.request.Protocol;

/**
 * What earlier requests said about their senders, for later ones that are alike in all that the installed families read.
 * Bounded; forgotten whenever the plugins change. Thread-safe, never blocks.
 */
final class Recognition {

    /** Two or three requests of some ten thousand phones. */
    private static final int MAX = 40_000;

    private static final int MAX_CHARS = 400;

    private record Key(Protocol protocol, String userAgent, String path) {

        static Key of(PhoneRequest request) {
            return new Key(request.protocol(), request.userAgent(), request.path());
        }

        /** Both texts count on together from phone to phone; a plain sum of their hashes would make most of them collide. */
        @Override
        public int hashCode() {
            long mixed = (userAgent.hashCode() * 0x9E3779B97F4A7C15L) ^ (path.hashCode() * 0xC2B2AE3D27D4EB4FL);
            return (int) (mixed >>> 32);
        }
    }

    /** What is known as long as the same plugins serve. @param headers null when a family does not say what it reads */
    private record Generation(PluginRegistry.Snapshot plugins, Set<String> headers, Map<Key, DeviceInfo> answers) {}

    private volatile Generation generation = new Generation(null, null, Map.of());

    /** What such a request said before, with this one's address; null when none came, or it cannot be compared. */
    DeviceInfo recall(PhoneRequest request, PluginRegistry.Snapshot plugins) {
        Generation now = generation;
        if (now.plugins != plugins || !isComparable(request, now)) {
            return null;
        }
        DeviceInfo known = now.answers.get(Key.of(request));
        return known == null ? null : known.withIp(IpText.of(request.client()));
    }

    void learn(PhoneRequest request, PluginRegistry.Snapshot plugins, DeviceInfo info) {
        Generation now = generation;
        if (now.plugins != plugins || now.answers.size() >= MAX) {
            now = new Generation(plugins, headers(plugins), new ConcurrentHashMap<>());
            generation = now;
        }
        if (info.mac() != null
                && isComparable(request, now)
                && request.userAgent().length() + request.path().length() <= MAX_CHARS) {
            now.answers.put(Key.of(request), info.withIp(null));
        }
    }

    private static boolean isComparable(PhoneRequest request, Generation now) {
        if (now.headers == null
                || request.protocol() != Protocol.HTTP && request.protocol() != Protocol.TFTP
                || request.certificate() != null
                || !request.query().isEmpty()) {
            return false;
        }
        for (String name : now.headers) {
            if (request.header(name) != null) {
                return false;
            }
        }
        return true;
    }

    private static Set<String> headers(PluginRegistry.Snapshot plugins) {
        Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        for (PluginRegistry.Identifier identifier : plugins.identifiers()) {
            if (identifier.headersRead() == null) {
                return null;
            }
            names.addAll(identifier.headersRead());
        }
        names.remove("User-Agent");
        return names;
    }
}
