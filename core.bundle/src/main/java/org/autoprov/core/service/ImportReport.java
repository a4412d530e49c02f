// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.service;

import java.util.List;

/**
 * What an import did, or would do. Holds names, never values.
 *
 * @param dryRun whether it was only tried
 * @param counts one for each kind of document, in the order of the import
 * @param remarks what was not taken, or not wholly; at most 10,000
 * @param moreRemarks how many there are beyond these
 * @param plugins the plugins that the folder's devices name or that were installed there, by their name there
 */
public record ImportReport(
        boolean dryRun, List<Count> counts, List<Remark> remarks, long moreRemarks, List<PluginUse> plugins) {

    public ImportReport {
        counts = List.copyOf(counts);
        remarks = List.copyOf(remarks);
        plugins = List.copyOf(plugins);
    }

    /** The count of a kind. @throws IllegalArgumentException for an unknown kind */
    public Count count(String kind) {
        return counts.stream()
                .filter(count -> count.kind().equals(kind))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no such kind: " + kind));
    }

    /**
     * How many documents of one kind.
     *
     * @param kind {@code tenants}, {@code parameters}, {@code base raw config}, {@code configs}, {@code devices}
     * @param added were not here
     * @param replaced were here with other content
     * @param same were here with the same content
     * @param conflicts are here with other content, and stay
     * @param refused could not be taken
     */
    public record Count(String kind, long added, long replaced, long same, long conflicts, long refused) {}

    /** What became of a document that a remark is about. */
    public enum Outcome {
        /** It is here with other content, which stays. */
        CONFLICT,
        /** It could not be taken. */
        REFUSED,
        /** It was taken without a part of it, or needs a hand. */
        ALTERED
    }

    /**
     * @param file below the imported folder
     * @param key the key in the file that it is about; empty for the whole document
     * @param reason one sentence
     */
    public record Remark(String file, String key, Outcome outcome, String reason) {}

    /**
     * @param legacyId its name in the imported folder
     * @param id its name here, which the imported devices have; the same one when none here is known to stand for it
     * @param available whether a vendor bundle here has it, installed or not
     * @param devices how many devices of the folder name it
     */
    public record PluginUse(String legacyId, String id, boolean available, long devices) {}
}
