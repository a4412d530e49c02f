// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.config;

/**
 * One SIP account as a phone gets it: {@code sip_lines.N} completed from the global {@code sip_*} parameters. Hosts,
 * ports and texts are as the administrator wrote them; ports are 1 to 65535. A null part is absent.
 *
 * @param number position on the device, from 1
 * @param proxyIp host; null only when neither the line nor the device has one
 * @param username SIP user part; never null (a line without one is left out)
 * @param authUsername digest user; never null, defaults to the user name
 * @param password digest password, a secret; empty text when absent
 * @param displayName From display name and label; defaults to the extension, then the user name
 * @param extension the main extension ({@code number}); null when absent
 * @param voicemail the number to reach the mailbox ({@code exten_voicemail} when the line has none)
 */
public record SipLine(
        int number,
        String proxyIp,
        Integer proxyPort,
        String backupProxyIp,
        Integer backupProxyPort,
        String registrarIp,
        Integer registrarPort,
        String backupRegistrarIp,
        Integer backupRegistrarPort,
        String outboundProxyIp,
        Integer outboundProxyPort,
        String username,
        String authUsername,
        String password,
        String displayName,
        String extension,
        DtmfMode dtmfMode,
        SrtpMode srtpMode,
        String voicemail) {

    /** How digits are sent; absent (null) means the phone's own automatic mode. */
    public enum DtmfMode {
        /** {@code RTP-in-band}: as audio. */
        IN_BAND,
        /** {@code RTP-out-of-band}: as RTP events (RFC 4733). */
        OUT_OF_BAND,
        /** {@code SIP-INFO}. */
        SIP_INFO
    }

    /** Whether media is encrypted. */
    public enum SrtpMode {
        DISABLED,
        PREFERRED,
        REQUIRED
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "SIP line " + number + " " + username + " at " + proxyIp;
    }
}
