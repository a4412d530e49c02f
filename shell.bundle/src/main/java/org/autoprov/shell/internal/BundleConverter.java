// SPDX-License-Identifier: Apache-2.0
package org.autoprov.shell.internal;

import org.apache.felix.service.command.Converter;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * Lets Felix's own commands ({@code stop}, {@code update}, {@code headers}, …) take a bundle by its id or symbolic name. Gogo's
 * own shell, which is not part of this server, would bring the same.
 */
@Component(property = "osgi.converter.classes=org.osgi.framework.Bundle")
public final class BundleConverter implements Converter {

    private final BundleContext context;

    @Activate
    public BundleConverter(BundleContext context) {
        this.context = context;
    }

    /** The bundle; null when it is none, so that Gogo goes on looking. Of several with one name, the newest. */
    @Override
    public Object convert(Class<?> desiredType, Object in) {
        if (desiredType != Bundle.class || in == null) {
            return null;
        }
        String text = in.toString();
        if (!text.isEmpty() && text.length() < 10 && text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return context.getBundle(Long.parseLong(text));
        }
        Bundle found = null;
        for (Bundle bundle : context.getBundles()) {
            if (text.equals(bundle.getSymbolicName())
                    && (found == null || bundle.getVersion().compareTo(found.getVersion()) > 0)) {
                found = bundle;
            }
        }
        return found;
    }

    /** A bundle as {@code id:name:version}, as Felix shows it; null for anything else. */
    @Override
    public CharSequence format(Object target, int level, Converter escape) {
        return target instanceof Bundle bundle
                ? bundle.getBundleId() + ":" + bundle.getSymbolicName() + ":" + bundle.getVersion()
                : null;
    }
}
