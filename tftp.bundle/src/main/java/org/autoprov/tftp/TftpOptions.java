// SPDX-License-Identifier: Apache-2.0
package org.autoprov.tftp;

/**
 * The settings of the listener, checked.
 *
 * @param host a name or an address to bind to
 * @param port 0 for any free one
 * @param singlePort whether transfers go over the listening port
 * @param ports that transfers use otherwise
 * @param transfers most at a time
 * @param transfersPerClient most at a time for one address
 * @param blockMost largest block, octets; 0 for what the path carries
 * @param windowMost largest window, packets
 * @param receiveBuffer of the listening socket, octets
 * @param uploads most files that phones may be sending at a time
 */
record TftpOptions(
        String host,
        int port,
        boolean singlePort,
        PortRange ports,
        int transfers,
        int transfersPerClient,
        int blockMost,
        int windowMost,
        int receiveBuffer,
        int uploads) {

    /** @throws IllegalArgumentException in one line: the setting, its value, what is allowed */
    static TftpOptions from(PhonesAddress address, TftpSettings settings) {
        String host = address.phones_host();
        if (host == null || host.isBlank()) {
            throw new IllegalArgumentException("phones.host is empty; a name or an IP address is needed");
        }
        int block = settings.tftp_blksize__max();
        if (block != 0) {
            checked("blksize_max", block, Terms.LEAST_BLOCK, Terms.MOST_BLOCK);
        }
        return new TftpOptions(
                host.strip(),
                checked("port", address.tftp_port(), 0, 65_535),
                settings.tftp_single__port(),
                PortRange.parse(settings.tftp_ports()),
                checked("transfers", settings.tftp_transfers(), 1, 100_000),
                checked("transfers_per_client", settings.tftp_transfers__per__client(), 1, 100_000),
                block,
                checked("windowsize_max", settings.tftp_windowsize__max(), 1, 4_096),
                checked("receive_buffer", settings.tftp_receive__buffer(), 65_536, 268_435_456),
                checked("uploads", settings.tftp_uploads(), 1, 1_000));
    }

    private static int checked(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    "tftp." + name + " is " + value + "; allowed are " + least + " to " + most);
        }
        return value;
    }
}
