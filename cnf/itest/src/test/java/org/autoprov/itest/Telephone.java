// SPDX-License-Identifier: Apache-2.0
package org.autoprov.itest;

import java.io.IOException;

/** What a test phone can do whatever its transport. */
interface Telephone extends AutoCloseable {

    /** Twelve hexadecimal digits. */
    String mac();

    /** Asks for its secret file. */
    Phone.Reply own(String family) throws IOException;

    @Override
    void close();
}
