// SPDX-License-Identifier: Apache-2.0
package org.autoprov.tftp;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The settings of the phones' TFTP listener, as they stand in the configuration, beside {@link PhonesAddress}. */
@ObjectClassDefinition(name = "Autoprov: phones over TFTP")
public @interface TftpSettings {

    @AttributeDefinition(
            description = "Whether transfers go over the listening port, for NAT and containers; else each goes over"
                    + " another port, as RFC 1350 has it.")
    boolean tftp_single__port() default false;

    @AttributeDefinition(
            required = false,
            description = "UDP ports that transfers use, LOW-HIGH, for firewalls; empty for any. Transfers may share a"
                    + " port.")
    String tftp_ports() default "";

    @AttributeDefinition(
            min = "1",
            max = "100000",
            description = "Most transfers at a time; requests beyond get no answer, and phones ask again.")
    int tftp_transfers() default 10_000;

    @AttributeDefinition(
            min = "1",
            max = "100000",
            description = "Most transfers at a time with one address, which may be a whole site behind NAT; requests"
                    + " beyond get no answer, and phones ask again.")
    int tftp_transfers__per__client() default 1_000;

    @AttributeDefinition(
            min = "0",
            max = "65464",
            description = "Largest block that a phone gets when it asks for large ones, bytes, 8 to 65464; never more"
                    + " than the interface's MTU carries. 0: that, and at most an Ethernet's 1468 (IPv6: 1448) beyond"
                    + " loopback.")
    int tftp_blksize__max() default 0;

    @AttributeDefinition(
            min = "1",
            max = "4096",
            description = "Largest window that a phone gets when it asks for one (RFC 7440), packets.")
    int tftp_windowsize__max() default 64;

    @AttributeDefinition(
            min = "65536",
            max = "268435456",
            description = "Room for requests that arrive at once, bytes; the kernel may cap it (net.core.rmem_max).")
    int tftp_receive__buffer() default 8_388_608;

    @AttributeDefinition(
            min = "1",
            max = "1000",
            description = "Most files that phones may be sending at a time; more are refused.")
    int tftp_uploads() default 32;
}
