// SPDX-License-Identifier: Apache-2.0
package org.autoprov.http;

import org.autoprov.core.request.FileContent;
import org.eclipse.jetty.http.HttpDateTime;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;

/** Conditional requests (RFC 9110 section 13), in the order that it prescribes. Dates not understood are ignored. */
final class Preconditions {

    private Preconditions() {}

    /** 200 to go on, 304 or 412. */
    static int evaluate(HttpFields headers, FileContent file) {
        if (headers.contains(HttpHeader.IF_MATCH)) {
            if (!matches(headers, HttpHeader.IF_MATCH, file.etag(), true)) {
                return 412;
            }
        } else if (Boolean.TRUE.equals(changedSince(headers, HttpHeader.IF_UNMODIFIED_SINCE, file))) {
            return 412;
        }
        if (headers.contains(HttpHeader.IF_NONE_MATCH)) {
            return matches(headers, HttpHeader.IF_NONE_MATCH, file.etag(), false) ? 304 : 200;
        }
        return Boolean.FALSE.equals(changedSince(headers, HttpHeader.IF_MODIFIED_SINCE, file)) ? 304 : 200;
    }

    /** Whether a Range field may be honoured: no If-Range, or one that names exactly this version. */
    static boolean rangeApplies(HttpFields headers, FileContent file) {
        String ifRange = headers.get(HttpHeader.IF_RANGE);
        if (ifRange == null) {
            return true;
        }
        if (ifRange.startsWith("\"") || ifRange.startsWith("W/")) {
            return ifRange.equals(file.etag());
        }
        long date = seconds(ifRange);
        return date >= 0
                && file.lastModified() != null
                && date == file.lastModified().getEpochSecond();
    }

    /** Null when it does not matter: no such field, no date in it, or a file without a date. */
    private static Boolean changedSince(HttpFields headers, HttpHeader field, FileContent file) {
        if (file.lastModified() == null) {
            return null;
        }
        String value = headers.get(field);
        long date = value == null ? -1 : seconds(value);
        return date < 0 ? null : file.lastModified().getEpochSecond() > date;
    }

    private static long seconds(String date) {
        try {
            return HttpDateTime.parse(date).toEpochSecond();
        } catch (RuntimeException e) {
            return -1; // no date, as some phones send it
        }
    }

    /** Read by hand: Jetty's own parser throws for weak tags, whose quotes do not stand first. */
    private static boolean matches(HttpFields headers, HttpHeader field, String etag, boolean strong) {
        for (String list : headers.getValuesList(field)) {
            int start = 0;
            while (start < list.length()) {
                int end = endOfEntry(list, start);
                String candidate = list.substring(start, end).strip();
                if (candidate.equals("*") || candidate.equals(etag)) {
                    return true;
                }
                if (!strong
                        && candidate.startsWith("W/")
                        && candidate.substring(2).equals(etag)) {
                    return true;
                }
                start = end + 1;
            }
        }
        return false;
    }

    /** Where the next comma outside of quotes stands. */
    private static int endOfEntry(String list, int start) {
        boolean quoted = false;
        for (int i = start; i < list.length(); i++) {
            char c = list.charAt(i);
            if (c == '"') {
                quoted = !quoted;
            } else if (c == ',' && !quoted) {
                return i;
            }
        }
        return list.length();
    }
}
