// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.config;

/**
 * One programmable key.
 *
 * @param number its number, from 1; keys of expansion modules follow those of the phone
 * @param type what it does
 * @param value the number it dials, watches or parks to; empty text when absent (only {@code park} may lack one)
 * @param label what stands beside it; empty text when absent
 * @param line the SIP line it uses, from 1; 1 when the config says nothing
 */
public record FunctionKey(int number, Type type, String value, String label, int line) {

    /** Kinds of key, named as in {@code funckeys.N.type}. */
    public enum Type {
        SPEEDDIAL,
        BLF,
        PARK
    }
}
