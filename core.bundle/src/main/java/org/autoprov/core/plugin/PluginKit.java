// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.plugin;

import java.util.function.BiFunction;
import org.osgi.annotation.versioning.ProviderType;
import org.osgi.framework.BundleContext;

/**
 * The OSGi service by which a vendor bundle puts its plugins into service. A vendor's one component asks for it:
 *
 * <pre>
 * &#64;Component(service = {}, immediate = true)
 * public final class Acme {
 *     private final PluginKit.Registration registration;
 *
 *     &#64;Activate
 *     public Acme(BundleContext context, &#64;Reference PluginKit kit) {
 *         registration = kit.register(context, AcmeConfigGenerator::new);
 *     }
 *
 *     &#64;Deactivate
 *     void withdraw() {
 *         registration.close();
 *     }
 * }
 * </pre>
 */
@ProviderType
public interface PluginKit {

    /**
     * Reads the bundle's descriptor and registers a {@link DeviceIdentifier} for the family and a
     * {@link ConfigGenerator} for each firmware line. Each service carries the property {@link #FAMILY}, a generator also
     * {@link #PLUGIN}.
     *
     * @param context of the vendor bundle
     * @param generator makes the generator of a firmware line; usually the constructor
     * @throws IllegalArgumentException when the descriptor is faulty; the message names file, place and what is allowed
     */
    Registration register(BundleContext context, BiFunction<FamilyFiles, FirmwareLine, ConfigGenerator> generator);

    /**
     * The same, with an identifier of the vendor's own for what the descriptor's rules cannot say.
     *
     * @param identifier made from the bundle's files
     */
    Registration register(
            BundleContext context,
            java.util.function.Function<FamilyFiles, DeviceIdentifier> identifier,
            BiFunction<FamilyFiles, FirmwareLine, ConfigGenerator> generator);

    /** Service property: the family's name. */
    String FAMILY = "autoprov.family";

    /** Service property: the plugin's id. */
    String PLUGIN = "autoprov.plugin";

    /** Takes the services back. */
    interface Registration extends AutoCloseable {
        /** Withdraws all of them; does nothing the second time. */
        @Override
        void close();
    }
}
