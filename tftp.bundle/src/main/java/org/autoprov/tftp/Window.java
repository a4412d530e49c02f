// SPDX-License-Identifier: Apache-2.0
package org.autoprov.tftp;

/**
 * Which blocks are on their way to a phone: a window is sent, then acknowledged (RFC 7440); lock step is a window of
 * one. Blocks are counted from 1 without roll-over; block 0 stands for the OACK. For one thread.
 */
final class Window {

    /** What an acknowledgement means. */
    enum Verdict {
        /** More has arrived. */
        MOVED,
        /** The phone asks again: the first packet of the window is lost. */
        LOST,
        /** A late or doubled one. */
        NOTHING,
        /** Nobody who follows the protocol can have sent it. */
        WRONG
    }

    /** An acknowledgement may be late by so many blocks; one that is off further is wrong. */
    private static final int LATE = 4_096;

    private final int size;
    private final long first;

    /** The first block that is not acknowledged. */
    private long base;

    /** The block that is sent next; from base to the window's end. */
    private long next;

    /** The highest one that ever went out. */
    private long highest = -1;

    /** The short one that ends it; the largest number until it was met. */
    private long last = Long.MAX_VALUE;

    /** How often the window was sent again, so that the phone may answer as often. */
    private int again;

    /** Repeated acknowledgements that our own repetitions explain. */
    private int explained;

    private boolean answeredRepetition;
    private boolean sentOnce = true;
    private boolean measured;

    /**
     * @param size packets
     * @param oack whether the first packet is an OACK
     */
    Window(int size, boolean oack) {
        this.size = size;
        first = oack ? 0 : 1;
        base = first;
        next = first;
    }

    /** Whether {@link #next} may be sent now. */
    boolean isOpen() {
        return next <= last && (base == 0 ? next == 0 : next < base + size);
    }

    /** The block that is sent next. */
    long next() {
        return next;
    }

    /**
     * The next one went out.
     *
     * @param ends whether it is the file's last
     * @return whether it went out before
     */
    boolean sent(boolean ends) {
        if (ends) {
            last = next;
        }
        boolean repeated = next <= highest;
        highest = Math.max(highest, next);
        next++;
        return repeated;
    }

    /** Goes back to the first that is not acknowledged. */
    void back() {
        again++;
        sentOnce = false;
        next = base;
    }

    /** @param number as it stands in the packet, 0 to 65535 */
    Verdict acknowledged(int number) {
        int ahead = (short) (number - (int) (base - 1));
        if (base == 0 && ahead != 1) {
            return Verdict.WRONG;
        }
        if (ahead > 0 && ahead <= highest - base + 1) {
            move(base - 1 + ahead);
            return Verdict.MOVED;
        }
        if (ahead > 0 || -ahead > Math.min(base - 1, LATE)) {
            return Verdict.WRONG;
        }
        return ahead == 0 && next > base && isLoss() ? Verdict.LOST : Verdict.NOTHING;
    }

    private void move(long acknowledged) {
        measured = sentOnce && acknowledged == next - 1;
        explained = again;
        again = 0;
        answeredRepetition = false;
        sentOnce = acknowledged >= highest;
        base = acknowledged + 1;
        next = base;
    }

    /** Once per window, when nothing that was sent twice explains it (the sorcerer's apprentice, RFC 1123 4.2.3.1). */
    private boolean isLoss() {
        if (explained > 0) {
            explained--;
            return false;
        }
        boolean loss = !answeredRepetition;
        answeredRepetition = true;
        return loss;
    }

    /** Whether the latest acknowledgement answers a packet that was sent only once, so that its time can be taken. */
    boolean isMeasured() {
        return measured;
    }

    /** Whether nothing but the first packet went out. */
    boolean isAtFirst() {
        return highest <= first;
    }

    /** Whether the file's last block went out. */
    boolean hasSentLast() {
        return highest >= last;
    }

    boolean isComplete() {
        return base > last;
    }

    /** Blocks of the file that have arrived. */
    long arrived() {
        return Math.max(0, base - 1);
    }
}
