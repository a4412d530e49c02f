// SPDX-License-Identifier: Apache-2.0
package org.autoprov.shell.internal;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Descriptor;
import org.apache.felix.service.command.Function;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** {@code felix:services [BUNDLE]}: which bundle offers which services, as Felix's old shell had it. */
@Component(
        service = Function.class,
        property = {"osgi.command.scope=felix", "osgi.command.function=services"})
public final class ServicesCommand implements Function {

    private final BundleContext context;

    @Activate
    public ServicesCommand(BundleContext context) {
        this.context = context;
    }

    @Override
    @Descriptor("lists services, of one bundle (number or symbolic name) or of all")
    public Object execute(CommandSession session, List<Object> arguments) throws Exception {
        Command command = new Command(
                "services",
                "lists services by the bundle that offers them",
                "[BUNDLE]",
                "BUNDLE is a number or a symbolic name.",
                this::list);
        return command.execute(session, arguments);
    }

    private void list(Arguments arguments, Screen screen) throws InterruptedException, UsageException {
        String wanted = arguments.get(0);
        Map<Long, Bundle> bundles = new TreeMap<>();
        for (Bundle bundle : context.getBundles()) {
            if (wanted == null
                    || wanted.equals(bundle.getSymbolicName())
                    || wanted.equals(Long.toString(bundle.getBundleId()))) {
                bundles.put(bundle.getBundleId(), bundle);
            }
        }
        if (bundles.isEmpty()) {
            throw new UsageException("services: there is no bundle " + Text.safe(wanted));
        }
        for (Bundle bundle : bundles.values()) {
            ServiceReference<?>[] offered = offered(bundle);
            if (offered.length > 0 || wanted != null) {
                screen.line(bundle.getSymbolicName() + " (" + bundle.getBundleId() + ") offers "
                        + Text.count(offered.length, "service"));
            }
            for (ServiceReference<?> reference : offered) {
                String types = String.join(", ", (String[]) reference.getProperty(Constants.OBJECTCLASS));
                screen.line(String.format(
                        "  %4d  %s%s", (Long) reference.getProperty(Constants.SERVICE_ID), types, users(reference)));
            }
        }
    }

    private ServiceReference<?>[] offered(Bundle bundle) {
        try {
            ServiceReference<?>[] all = context.getAllServiceReferences(
                    null, "(" + Constants.SERVICE_BUNDLEID + "=" + bundle.getBundleId() + ")");
            if (all == null) {
                return new ServiceReference<?>[0];
            }
            Arrays.sort(all, Comparator.comparing(r -> (Long) r.getProperty(Constants.SERVICE_ID)));
            return all;
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e); // the filter above is a constant but for a number
        }
    }

    private static String users(ServiceReference<?> reference) {
        Bundle[] users = reference.getUsingBundles();
        return users == null
                ? ""
                : "  used by "
                        + String.join(
                                " ",
                                Arrays.stream(users)
                                        .map(Bundle::getSymbolicName)
                                        .toList());
    }
}
