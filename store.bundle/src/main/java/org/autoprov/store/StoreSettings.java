// SPDX-License-Identifier: Apache-2.0
package org.autoprov.store;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The settings of the store. They are read when it is opened; a change takes effect with the next start. */
@ObjectClassDefinition(name = "Store", description = "Where Autoprov keeps its documents.")
public @interface StoreSettings {

    /** The setting {@code store.url}. */
    @AttributeDefinition(
            name = "store.url",
            description = "Database of the server: sqlite:FILE, a file inside the data folder. No unit; FILE is a"
                    + " relative path, or an absolute one below the data folder. Default sqlite:autoprov.db.")
    String store_url() default StoreUrl.DEFAULT;
}
