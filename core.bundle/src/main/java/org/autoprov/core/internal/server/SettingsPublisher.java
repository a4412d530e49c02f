// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.internal.server;

import java.io.IOException;
import java.io.StringReader;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.Properties;
import org.osgi.framework.BundleContext;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Hands the settings that the launcher has read and checked to Configuration Admin, from where every component gets them
 * typed. Components wait for it, so none opens a port before its setting is known.
 */
@Component(
        service = {},
        immediate = true)
public final class SettingsPublisher {

    /** Framework property: the settings as lines of a Java properties file. */
    static final String PROPERTY = "autoprov.settings";

    @Activate
    public SettingsPublisher(BundleContext context, @Reference ConfigurationAdmin admin) throws IOException {
        Properties settings = new Properties();
        String text = context.getProperty(PROPERTY);
        settings.load(new StringReader(text == null ? "" : text));
        Dictionary<String, Object> properties = new Hashtable<>();
        settings.stringPropertyNames().forEach(name -> properties.put(name, settings.getProperty(name)));
        Configuration configuration = admin.getConfiguration(CoreSettings.PID, "?");
        configuration.updateIfDifferent(properties);
    }
}
