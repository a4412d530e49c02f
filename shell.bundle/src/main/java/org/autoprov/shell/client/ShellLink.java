// SPDX-License-Identifier: Apache-2.0
package org.autoprov.shell.client;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** A shell session, in this process or behind the socket. One command at a time; {@link #interrupt} from any thread. */
public interface ShellLink extends AutoCloseable {

    int OK = 0;
    int FAILED = 1;
    /** The command was written wrongly, or there is no such command (EX_USAGE of sysexits.h). */
    int USAGE = 64;
    /** No server is there (EX_UNAVAILABLE of sysexits.h). */
    int UNAVAILABLE = 69;
    /** As shells report SIGINT. */
    int INTERRUPTED = 130;

    /** Something that may stand at the cursor, quoted as it must be typed. @param description may be empty */
    record Candidate(String value, String description) {}

    /**
     * Runs one Gogo command line and waits for its end.
     *
     * @param columns width of the terminal; 0 when the output goes elsewhere, nothing is cut then
     * @return exit status
     * @throws IOException when the session is gone
     */
    int run(String line, int columns, OutputStream out, OutputStream err) throws IOException;

    /** Interrupts the running command; does nothing when there is none. */
    void interrupt() throws IOException;

    /** What may stand at the cursor; empty when nothing is known. @param cursor 0 to the length of the line */
    List<Candidate> complete(String line, int cursor) throws IOException;

    @Override
    void close();
}
