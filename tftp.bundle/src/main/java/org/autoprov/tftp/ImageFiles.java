// SPDX-License-Identifier: Apache-2.0
package org.autoprov.tftp;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.autoprov.core.request.FileContent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Files on disk, read in chunks by threads of their own: the loop never waits for a disk, and phones that fetch the
 * same image share what was read. Memory is bounded by the number of chunks, not by files or transfers. A file that is
 * replaced by a rename goes on as it was for those who began with it. All but the reading is for the loop's thread.
 */
final class ImageFiles {

    private static final Logger LOG = LoggerFactory.getLogger(ImageFiles.class);

    static final int CHUNK = 64 * 1024;

    /** 32 MiB in all; chunks that are being read come on top. */
    static final int MOST_CHUNKS = 512;

    /** Reads under way. So many images at once that this is not enough wait for each other. */
    private static final int MOST_LOADS = 64;

    private final Executor disk;
    private final Consumer<Runnable> loop;
    private final Map<Key, Image> images = new HashMap<>();
    private final LinkedHashMap<Place, Chunk> chunks = new LinkedHashMap<>(64, 0.75f, true);
    private final ArrayDeque<ByteBuffer> spare = new ArrayDeque<>();
    private final ArrayDeque<Runnable> later = new ArrayDeque<>();
    private int loading;

    private record Key(Path path, long length, Instant lastModified) {}

    private record Place(Image image, long index) {}

    private static final class Chunk {
        /** Null while it is read. */
        ByteBuffer bytes;

        IOException failure;
        final List<Runnable> waiting = new ArrayList<>(2);
    }

    /**
     * @param disk runs what may wait for a disk
     * @param loop runs on the loop's thread what others found
     */
    ImageFiles(Executor disk, Consumer<Runnable> loop) {
        this.disk = disk;
        this.loop = loop;
    }

    /** Opens a file, and tells on the loop's thread: the source, or null when it cannot be opened. */
    void open(FileContent content, Consumer<Source> opened) {
        Key key = new Key(content.path(), content.length(), content.lastModified());
        Image known = images.get(key);
        if (known != null) {
            known.users++;
            opened.accept(known.cursor());
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
                close(channel);
                channel = null;
            }
            FileChannel file = channel;
            long size = length;
            loop.accept(() ->
                    opened.accept(file == null ? null : admit(key, file, size).cursor()));
        });
    }

    private Image admit(Key key, FileChannel channel, long length) {
        Image image = images.get(key);
        if (image == null) {
            image = new Image(key, channel, length);
            images.put(key, image);
        } else {
            close(channel); // somebody was quicker
        }
        image.users++;
        return image;
    }

    private static void close(FileChannel channel) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            LOG.debug("A file that was read did not close", e);
        }
    }

    /** One transfer's view of an image. Knows its last chunk, so that most blocks need no look-up. */
    private static final class Cursor implements Source {
        private final Image image;
        private Chunk chunk;
        private long index = -1;

        Cursor(Image image) {
            this.image = image;
        }

        @Override
        public long length() {
            return image.length;
        }

        @Override
        public boolean copy(long position, int count, ByteBuffer into, Runnable whenHere) throws IOException {
            long last = (position + count - 1) / CHUNK;
            if (position / CHUNK != last) {
                return copyAcross(position, count, last, into, whenHere);
            }
            if (!moveTo(last, whenHere)) {
                return false;
            }
            append(into, (int) (position % CHUNK), count);
            return true;
        }

        /** All chunks must be here before the first octet goes into the buffer. */
        private boolean copyAcross(long position, int count, long last, ByteBuffer into, Runnable whenHere)
                throws IOException {
            for (long each = position / CHUNK; each <= last; each++) {
                if (!moveTo(each, whenHere)) {
                    return false;
                }
            }
            long at = position;
            long end = position + count;
            while (at < end) {
                int offset = (int) (at % CHUNK);
                int part = (int) Math.min(end - at, CHUNK - offset);
                moveTo(at / CHUNK, whenHere);
                append(into, offset, part);
                at += part;
            }
            return true;
        }

        private void append(ByteBuffer into, int offset, int count) {
            int at = into.position();
            into.put(at, chunk.bytes, offset, count);
            into.position(at + count);
        }

        private boolean moveTo(long wanted, Runnable whenHere) throws IOException {
            if (index == wanted && chunk.bytes != null) {
                return true;
            }
            chunk = image.chunk(wanted, whenHere);
            index = chunk == null ? -1 : wanted;
            if (chunk != null) {
                image.prefetch(wanted + 1);
            }
            return chunk != null;
        }

        @Override
        public void release() {
            image.release();
        }
    }

    private final class Image {
        private final Key key;
        private final FileChannel channel;
        private final long length;
        private int users;
        private int loads;

        Image(Key key, FileChannel channel, long length) {
            this.key = key;
            this.channel = channel;
            this.length = length;
        }

        Cursor cursor() {
            return new Cursor(this);
        }

        /** A chunk that is in memory; else null, and whoever asks is told when to ask again. */
        Chunk chunk(long index, Runnable whenHere) throws IOException {
            Chunk chunk = chunks.get(new Place(this, index));
            if (chunk == null && loading >= MOST_LOADS) {
                later.add(whenHere);
                return null;
            }
            if (chunk == null) {
                chunk = load(index);
            }
            if (chunk.failure != null) {
                throw chunk.failure;
            }
            if (chunk.bytes == null) {
                chunk.waiting.add(whenHere);
                return null;
            }
            return chunk;
        }

        void prefetch(long index) {
            if (index * CHUNK < length && loading < MOST_LOADS / 2 && !chunks.containsKey(new Place(this, index))) {
                load(index);
            }
        }

        private Chunk load(long index) {
            Chunk chunk = new Chunk();
            chunks.put(new Place(this, index), chunk);
            loads++;
            loading++;
            ByteBuffer given = spare.isEmpty() ? null : spare.pop();
            disk.execute(() -> {
                IOException failure = null;
                ByteBuffer bytes = given == null ? ByteBuffer.allocateDirect(CHUNK) : given;
                try {
                    read(index, bytes);
                } catch (IOException | RuntimeException e) {
                    failure = e instanceof IOException io ? io : new IOException(e);
                }
                IOException broken = failure;
                loop.accept(() -> loaded(index, chunk, bytes, broken));
            });
            return chunk;
        }

        private void read(long index, ByteBuffer bytes) throws IOException {
            long position = index * CHUNK;
            bytes.clear().limit((int) Math.min(CHUNK, length - position));
            while (bytes.hasRemaining()) {
                int count = channel.read(bytes, position + bytes.position());
                if (count < 0) {
                    throw new IOException(key.path.getFileName() + " became shorter while it was read");
                }
            }
        }

        private void loaded(long index, Chunk chunk, ByteBuffer bytes, IOException failure) {
            loads--;
            loading--;
            chunk.failure = failure;
            chunk.bytes = bytes;
            List<Runnable> waiting = List.copyOf(chunk.waiting);
            chunk.waiting.clear();
            if (users == 0) {
                spare.push(bytes);
                forget(index);
                closeIfUnused();
            }
            evict();
            waiting.forEach(Runnable::run);
            wakeLater();
        }

        private void forget(long index) {
            chunks.remove(new Place(this, index));
        }

        void release() {
            if (--users > 0) {
                return;
            }
            images.remove(key, this);
            chunks.entrySet().removeIf(entry -> {
                boolean mine = entry.getKey().image == this && entry.getValue().bytes != null;
                if (mine) {
                    spare.push(entry.getValue().bytes);
                }
                return mine;
            });
            closeIfUnused();
        }

        private void closeIfUnused() {
            if (users == 0 && loads == 0) {
                close(channel);
            }
        }
    }

    /** Some of those that wait for a turn to read; all when no other read would wake them. */
    private void wakeLater() {
        int count = loading == 0 ? later.size() : Math.min(2, later.size());
        for (int i = 0; i < count; i++) {
            later.remove().run();
        }
    }

    private void evict() {
        var oldest = chunks.values().iterator();
        while (chunks.size() > MOST_CHUNKS && oldest.hasNext()) {
            Chunk chunk = oldest.next();
            if (chunk.bytes != null) {
                spare.push(chunk.bytes);
                chunk.bytes = null; // whoever still looks at it asks again
                oldest.remove();
            }
        }
        while (spare.size() > MOST_CHUNKS) {
            spare.pop();
        }
    }
}
