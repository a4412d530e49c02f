// SPDX-License-Identifier: Apache-2.0
package org.autoprov.tftp;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * Parts of images in memory, read by threads of their own. Memory is bounded by their number, not by files or
 * transfers. All but the reading is for the loop's thread.
 */
final class Chunks {

    static final int SIZE = 64 * 1024;

    /** 16 MiB for each thread; chunks that are being read come on top. */
    static final int MOST = 256;

    /** Reads under way. So many images at once that this is not enough wait for each other. */
    private static final int MOST_LOADS = 64;

    private final Executor disk;
    private final Consumer<Runnable> loop;
    private final LinkedHashMap<Place, Chunk> chunks = new LinkedHashMap<>(64, 0.75f, true);
    private final ArrayDeque<ByteBuffer> spare = new ArrayDeque<>();
    private final ArrayDeque<Runnable> later = new ArrayDeque<>();
    private int loading;

    private record Place(Image image, long index) {}

    /** A part of an image; of {@link #SIZE} octets, but for the last one. */
    static final class Chunk {
        private ByteBuffer bytes;
        private IOException failure;
        private final List<Runnable> waiting = new ArrayList<>(2);

        /** Null before it was read, and after others took its room. */
        ByteBuffer bytes() {
            return bytes;
        }
    }

    /**
     * @param disk runs what may wait for a disk
     * @param loop runs on the loop's thread what others found
     */
    Chunks(Executor disk, Consumer<Runnable> loop) {
        this.disk = disk;
        this.loop = loop;
    }

    /**
     * A chunk that is in memory; else null, and whoever asks is told when to ask again.
     *
     * @throws IOException when it cannot be read
     */
    Chunk get(Image image, long index, Runnable whenHere) throws IOException {
        Chunk chunk = chunks.get(new Place(image, index));
        if (chunk == null && loading >= MOST_LOADS) {
            later.add(whenHere);
            return null;
        }
        if (chunk == null) {
            chunk = load(image, index);
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

    /** Reads ahead, unless there is more urgent work. */
    void prefetch(Image image, long index) {
        if (index * SIZE < image.length() && loading < MOST_LOADS / 2 && !chunks.containsKey(new Place(image, index))) {
            load(image, index);
        }
    }

    private Chunk load(Image image, long index) {
        Chunk chunk = new Chunk();
        chunks.put(new Place(image, index), chunk);
        image.loading();
        loading++;
        ByteBuffer given = spare.isEmpty() ? null : spare.pop();
        disk.execute(() -> {
            IOException failure = null;
            ByteBuffer bytes = given == null ? ByteBuffer.allocateDirect(SIZE) : given;
            try {
                image.read(index, bytes);
            } catch (IOException | RuntimeException e) {
                failure = e instanceof IOException io ? io : new IOException(e);
            }
            IOException broken = failure;
            loop.accept(() -> loaded(image, index, chunk, bytes, broken));
        });
        return chunk;
    }

    private void loaded(Image image, long index, Chunk chunk, ByteBuffer bytes, IOException failure) {
        loading--;
        chunk.failure = failure;
        chunk.bytes = bytes;
        List<Runnable> waiting = List.copyOf(chunk.waiting);
        chunk.waiting.clear();
        if (!image.isUsed()) {
            spare.push(bytes);
            chunks.remove(new Place(image, index));
        }
        image.loaded();
        evict();
        waiting.forEach(Runnable::run);
        wakeLater();
    }

    /** Nobody wants this image any more. */
    void forget(Image image) {
        chunks.entrySet().removeIf(entry -> {
            boolean its = entry.getKey().image == image && entry.getValue().bytes != null;
            if (its) {
                spare.push(entry.getValue().bytes);
            }
            return its;
        });
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
        while (chunks.size() > MOST && oldest.hasNext()) {
            Chunk chunk = oldest.next();
            if (chunk.bytes != null) {
                spare.push(chunk.bytes);
                chunk.bytes = null; // whoever still looks at it asks again
                oldest.remove();
            }
        }
        while (spare.size() > MOST) {
            spare.pop();
        }
    }
}
