// SPDX-License-Identifier: Apache-2.0
package org.autoprov.shell.internal;

import java.util.ArrayList;
import java.util.List;

/** Rows under a headline, aligned; cut to the terminal's width, or not at all where there is none. */
final class Table {

    private static final int NARROWEST = 6;

    private final List<String> heads;
    private final boolean[] right;
    private final List<List<String>> rows = new ArrayList<>();

    /** @param heads names of the columns; one that begins with {@code >} is aligned to the right */
    Table(String... heads) {
        this.heads = new ArrayList<>();
        this.right = new boolean[heads.length];
        for (int i = 0; i < heads.length; i++) {
            right[i] = heads[i].startsWith(">");
            this.heads.add(right[i] ? heads[i].substring(1) : heads[i]);
        }
    }

    /** Adds a row; null and empty text show as a dash. */
    Table row(Object... cells) {
        List<String> row = new ArrayList<>(cells.length);
        for (Object cell : cells) {
            row.add(Text.safe(Text.orDash(cell)));
        }
        rows.add(row);
        return this;
    }

    /** Prints it; only {@code nothing} when there are no rows. */
    void print(Screen screen, String nothing) throws InterruptedException {
        if (rows.isEmpty()) {
            screen.line(nothing);
            return;
        }
        int[] widths = widths(screen.width());
        screen.line(format(heads, widths));
        for (List<String> row : rows) {
            screen.line(format(row, widths));
        }
    }

    private int[] widths(int available) {
        int[] widths = new int[heads.size()];
        for (int i = 0; i < widths.length; i++) {
            widths[i] = Text.width(heads.get(i));
            for (List<String> row : rows) {
                widths[i] = Math.max(widths[i], Text.width(row.get(i)));
            }
        }
        if (available > 0) {
            shrink(widths, available - 2 * (widths.length - 1));
        }
        return widths;
    }

    /** Takes from the widest column until all fit, or none can give; never from the first, which says what it is. */
    private void shrink(int[] widths, int available) {
        int total = 0;
        for (int width : widths) {
            total += width;
        }
        while (total > available) {
            int widest = -1;
            for (int i = 1; i < widths.length; i++) {
                if (!right[i] && widths[i] > NARROWEST && (widest < 0 || widths[i] > widths[widest])) {
                    widest = i;
                }
            }
            if (widest < 0) {
                return;
            }
            widths[widest]--;
            total--;
        }
    }

    private String format(List<String> cells, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            String cell = Text.cut(cells.get(i), widths[i]);
            String padding = " ".repeat(widths[i] - Text.width(cell));
            if (i > 0) {
                line.append("  ");
            }
            line.append(right[i] ? padding + cell : cell + padding);
        }
        return line.toString().stripTrailing();
    }
}
