// SPDX-License-Identifier: Apache-2.0
package org.autoprov.zoo.phone;

/**
 * A SIP account a phone would register.
 *
 * @param number its position on the phone, from 1
 * @param user SIP user part
 * @param authUser digest user; the user where the phone has none
 * @param password digest password; may be empty when the family does not ask for one
 * @param server host of the registrar or proxy
 * @param port its port; 5060, or 5061 with TLS, where none is set
 * @param transport {@code udp}, {@code tcp}, {@code tls}, or a vendor's word
 * @param name display name; may be empty
 */
public record Account(
        int number,
        String user,
        String authUser,
        String password,
        String server,
        String port,
        String transport,
        String name) {

    @Override
    public String toString() { // without the password
        return number + ": " + user + " at " + server + ":" + port + " (" + transport + ")"
                + (name.isEmpty() ? "" : " \"" + name + "\"");
    }
}
