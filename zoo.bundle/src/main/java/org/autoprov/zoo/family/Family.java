// SPDX-License-Identifier: Apache-2.0
package org.autoprov.zoo.family;

import java.util.Map;
import org.autoprov.zoo.format.FileFormat;

/**
 * How the phones of one family boot: what {@code AUTOPROV-INF/zoo.json} of its bundle says.
 *
 * @param name the family, {@code yealink}
 * @param formats by name
 * @param profiles by name
 * @param models by name, in the order of the file
 */
public record Family(
        String name, Map<String, FileFormat> formats, Map<String, Profile> profiles, Map<String, Model> models) {

    /**
     * @param model one of this family's models
     * @return the profile it boots by
     */
    public Profile profile(Model model) {
        return profiles.get(model.profile());
    }
}
