// SPDX-License-Identifier: Apache-2.0
package org.autoprov.tftp;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What administrators read of transfers: each one at DEBUG, and those that matter once a minute. For one thread. */
final class Journal {

    private static final Logger LOG = LoggerFactory.getLogger(Journal.class);

    private final Rare broken = new Rare("Broke off {} transfer(s) since the last such line, the last one: {}: {}");
    private final Rare refused =
            new Rare("Ignored {} request(s) over a limit since the last such line, the last one from {}: {}");
    private final Rare elsewhere = new Rare("Ignored {} request(s) to a broadcast address or one that is new since the"
            + " last such line, the last one from {}{}");
    private final Rare malformed =
            new Rare("Ignored {} malformed datagram(s) since the last such line, the last one from {}: {}");

    /** A line that stands for many. */
    private static final class Rare {
        private static final long PAUSE_NANOS = TimeUnit.MINUTES.toNanos(1);
        private final String line;
        private long next = System.nanoTime();
        private long untold;

        Rare(String line) {
            this.line = line;
        }

        void add(Object who, String reason) {
            untold++;
            long now = System.nanoTime();
            if (now - next >= 0) {
                next = now + PAUSE_NANOS;
                LOG.info(line, untold, who, reason);
                untold = 0;
            }
        }
    }

    void finished(Transfer transfer) {
        if (LOG.isDebugEnabled()) {
            LOG.debug("{}: done, {} bytes", escape(transfer), transfer.progress());
        }
    }

    void broken(Transfer transfer, String reason) {
        broken.add(escape(transfer), reason + " after " + transfer.progress() + " bytes");
    }

    void unreadable(Transfer transfer, IOException reason) {
        LOG.warn("{}: the file cannot be read, the phone gets an error: {}", escape(transfer), reason.toString());
    }

    void overLimit(InetSocketAddress peer, String limit) {
        refused.add(peer.getAddress().getHostAddress(), limit);
    }

    void elsewhere(InetSocketAddress peer) {
        elsewhere.add(peer.getAddress().getHostAddress(), "");
    }

    void malformed(InetSocketAddress peer, int length) {
        malformed.add(peer.getAddress().getHostAddress(), length + " bytes");
    }

    private static String escape(Object text) {
        StringBuilder escaped = new StringBuilder();
        text.toString().codePoints().limit(300).forEach(c -> {
            if (c < ' ' || c >= 0x7f) {
                escaped.append("\\u").append(Integer.toHexString(c));
            } else {
                escaped.appendCodePoint(c);
            }
        });
        return escaped.toString();
    }
}
