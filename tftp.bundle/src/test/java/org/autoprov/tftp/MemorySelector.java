// SPDX-License-Identifier: Apache-2.0
package org.autoprov.tftp;

import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.spi.AbstractSelectableChannel;
import java.nio.channels.spi.AbstractSelectionKey;
import java.nio.channels.spi.AbstractSelector;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Never waits; tells instead whether it would have. */
final class MemorySelector extends AbstractSelector {

    private final List<Key> keys = new ArrayList<>();
    private volatile boolean woken;

    /** Whether the latest selection would have waited: the loop has nothing to do. */
    boolean waited;

    /** Whether it would have waited for ever: no timer is set. */
    boolean waitedForEver;

    MemorySelector(MemoryNetwork network) {
        super(network);
    }

    private static final class Key extends AbstractSelectionKey {
        private final Selector selector;
        private final MemoryChannel channel;
        private int interest;
        private int ready;

        Key(Selector selector, MemoryChannel channel) {
            this.selector = selector;
            this.channel = channel;
        }

        @Override
        public SelectableChannel channel() {
            return channel;
        }

        @Override
        public Selector selector() {
            return selector;
        }

        @Override
        public int interestOps() {
            return interest;
        }

        @Override
        public SelectionKey interestOps(int ops) {
            interest = ops;
            return this;
        }

        @Override
        public int readyOps() {
            return ready;
        }
    }

    @Override
    protected SelectionKey register(AbstractSelectableChannel channel, int ops, Object attachment) {
        Key key = new Key(this, (MemoryChannel) channel);
        key.interest = ops;
        key.attach(attachment);
        keys.add(key);
        return key;
    }

    private int ready(Consumer<SelectionKey> action) {
        int count = 0;
        boolean gone = false;
        for (int i = 0; i < keys.size(); i++) {
            Key key = keys.get(i);
            int ready = (key.channel.received.isEmpty() ? 0 : OP_READ) | (key.channel.isWritable() ? OP_WRITE : 0);
            key.ready = key.isValid() ? ready & key.interest : 0;
            gone |= !key.isValid();
            if (key.ready != 0) {
                count++;
                action.accept(key);
            }
        }
        if (gone) {
            keys.removeIf(key -> !key.isValid());
        }
        return count;
    }

    private static final int OP_READ = SelectionKey.OP_READ;
    private static final int OP_WRITE = SelectionKey.OP_WRITE;

    private int select(Consumer<SelectionKey> action, boolean wait, boolean forEver) {
        boolean mayWait = wait && !woken;
        woken = false;
        int count = ready(action);
        waited = mayWait && count == 0;
        waitedForEver = waited && forEver;
        return count;
    }

    @Override
    public int selectNow(Consumer<SelectionKey> action) {
        return select(action, false, false);
    }

    @Override
    public int select(Consumer<SelectionKey> action, long timeout) {
        return select(action, true, false);
    }

    @Override
    public int select(Consumer<SelectionKey> action) {
        return select(action, true, true);
    }

    @Override
    public Selector wakeup() {
        woken = true;
        return this;
    }

    /** Lanes, by their attachments. */
    List<Lane> lanes() {
        return keys.stream().map(key -> (Lane) key.attachment()).toList();
    }

    @Override
    public Set<SelectionKey> keys() {
        return Set.copyOf(keys);
    }

    @Override
    public Set<SelectionKey> selectedKeys() {
        throw new UnsupportedOperationException();
    }

    @Override
    public int selectNow() {
        throw new UnsupportedOperationException();
    }

    @Override
    public int select(long timeout) {
        throw new UnsupportedOperationException();
    }

    @Override
    public int select() {
        throw new UnsupportedOperationException();
    }

    @Override
    protected void implCloseSelector() {
        keys.clear();
    }
}
