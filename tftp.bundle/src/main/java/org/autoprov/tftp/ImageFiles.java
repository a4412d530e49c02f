// SPDX-License-Identifier: Apache-2.0
package org.autoprov.tftp;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.autoprov.core.request.FileContent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Files on disk: the loop never waits for one, and phones that fetch the same share what was read. A file that is
 * replaced by a rename goes on as it was for those who began with it. For the loop's thread.
 */
final class ImageFiles {

    private static final Logger LOG = LoggerFactory.getLogger(ImageFiles.class);

    private final Executor disk;
    private final Consumer<Runnable> loop;
    private final Chunks chunks;
    private final Map<Key, Image> images = new HashMap<>();

    private record Key(Path path, long length, Instant lastModified) {}

    /**
     * @param disk runs what may wait for a disk
     * @param loop runs on the loop's thread what others found
     */
    ImageFiles(Executor disk, Consumer<Runnable> loop) {
        this.disk = disk;
        this.loop = loop;
        chunks = new Chunks(disk, loop);
    }

    /** Opens a file, and tells on the loop's thread: the source, or null when it cannot be opened. */
    void open(FileContent content, Consumer<Source> opened) {
        Key key = new Key(content.path(), content.length(), content.lastModified());
        Image known = images.get(key);
        if (known != null) {
            opened.accept(known.use());
            return;
        }
        disk.execute(() -> {
            FileChannel channel = null;
            long length = 0;
            try {
                channel = FileChannel.open(content.path(), StandardOpenOption.READ);
                length = channel.size();
            } catch (IOException e) {
                LOG.warn("{} cannot be sent: {}", content.name(), e.toString());
                Image.close(channel);
                channel = null;
            }
            FileChannel file = channel;
            long size = length;
            loop.accept(() -> opened.accept(file == null ? null : admit(key, file, size)));
        });
    }

    private Source admit(Key key, FileChannel channel, long length) {
        Image image = images.get(key);
        if (image == null) {
            String name = key.path.getFileName().toString();
            image = new Image(name, channel, length, chunks, () -> images.remove(key));
            images.put(key, image);
        } else {
            Image.close(channel); // somebody was quicker
        }
        return image.use();
    }
}
