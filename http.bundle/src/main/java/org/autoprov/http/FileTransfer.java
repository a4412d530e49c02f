// SPDX-License-Identifier: Apache-2.0
package org.autoprov.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.IteratingCallback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends a part of a file without copying it through this process; see {@link PhoneEndPoint} for how. No thread waits
 * while the phone is slow. A file must be replaced by renaming another over it (core does): the open channel then
 * keeps the old one, whole.
 */
final class FileTransfer extends IteratingCallback {

    private static final Logger LOG = LoggerFactory.getLogger(FileTransfer.class);

    /** Nobody ever reads or writes what is in it: it only has a length. */
    private static final ByteBuffer BLANK = ByteBuffer.allocateDirect(1 << 20).asReadOnlyBuffer();

    private final Response response;
    private final PhoneEndPoint endPoint;
    private final FileChannel file;
    private final Progress progress;
    private final Callback callback;
    private final long begin;
    private final long end;
    private long position;

    /** @param length may be 0; together with {@code first} not beyond the end of the file */
    FileTransfer(
            Response response,
            PhoneEndPoint endPoint,
            FileChannel file,
            long first,
            long length,
            Progress progress,
            Callback callback) {
        this.response = response;
        this.endPoint = endPoint;
        this.file = file;
        this.progress = progress;
        this.callback = callback;
        position = first;
        begin = first;
        end = first + length;
    }

    @Override
    protected Action process() {
        boolean begun = response.isCommitted();
        if (position == end && begun) {
            return Action.SUCCEEDED;
        }
        progress.sent(position - begin);
        ByteBuffer part = BLANK.duplicate();
        part.limit((int) Math.min(part.capacity(), end - position));
        endPoint.attach(file, position, part);
        position += part.limit();
        response.write(position == end, part, this);
        return Action.SCHEDULED;
    }

    @Override
    protected void onCompleteSuccess() {
        finish();
        progress.done();
        callback.succeeded();
    }

    @Override
    protected void onCompleteFailure(Throwable cause) {
        finish();
        progress.broken(position - begin, cause);
        callback.failed(cause);
    }

    private void finish() {
        endPoint.detach();
        close(file);
    }

    /** @param channel null is fine */
    static void close(FileChannel channel) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            LOG.debug("A file that was read did not close", e);
        }
    }
}
