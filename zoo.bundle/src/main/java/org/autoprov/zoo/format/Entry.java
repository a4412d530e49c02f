// SPDX-License-Identifier: Apache-2.0
package org.autoprov.zoo.format;

/**
 * One setting as a file states it.
 *
 * @param name the setting; an index follows in brackets where the format has one, {@code user_name[1]}
 * @param value its value; empty when the file clears it
 */
public record Entry(String name, String value) {

    @Override
    public String toString() {
        return name; // values may be passwords
    }
}
