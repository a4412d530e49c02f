// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.internal;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceEvent;
import org.osgi.framework.ServiceListener;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.Version;

/** As much of an OSGi framework as the plugin registry needs: services that come and go, and one property. */
public final class FakeFramework {

    private final Map<ServiceReference<?>, Object> services = new LinkedHashMap<>();
    private final Map<ServiceListener, String> listeners = new ConcurrentHashMap<>();
    private final AtomicLong nextId = new AtomicLong(1);
    private final BundleContext context;
    private volatile int bundleState = Bundle.ACTIVE;

    public FakeFramework(Path data) {
        Bundle system = bundle("system");
        context = proxy(BundleContext.class, (self, method, args) -> switch (method.getName()) {
            case "getProperty" -> args[0].equals("autoprov.data") ? data.toString() : null;
            case "createFilter" -> FrameworkUtil.createFilter((String) args[0]);
            case "addServiceListener" -> listeners.put((ServiceListener) args[0], (String) args[1]);
            case "removeServiceListener" -> listeners.remove(args[0]);
            case "getServiceReferences" -> references(String.valueOf(args[0]));
            case "getService" -> service((ServiceReference<?>) args[0]);
            case "ungetService" -> true;
            case "getBundle" -> system;
            default -> throw new UnsupportedOperationException(method.toString());
        });
    }

    public BundleContext context() {
        return context;
    }

    /** What all bundles but the framework say of their state, such as {@link Bundle#STOPPING}. */
    public void bundleState(int state) {
        bundleState = state;
    }

    /** A registered service. */
    public final class Registration implements AutoCloseable {
        private final ServiceReference<?> reference;

        private Registration(ServiceReference<?> reference) {
            this.reference = reference;
        }

        /** Takes the service back. */
        @Override
        public void close() {
            tell(ServiceEvent.UNREGISTERING, reference);
            synchronized (services) {
                services.remove(reference);
            }
        }
    }

    public <S> Registration register(Class<S> type, S service, String bundleName, Map<String, Object> properties) {
        long id = nextId.getAndIncrement();
        Bundle bundle = bundle(bundleName);
        ServiceReference<?> reference =
                proxy(ServiceReference.class, (self, method, args) -> switch (method.getName()) {
                    case "getProperty" ->
                        args[0].equals(Constants.SERVICE_ID)
                                ? (Object) id
                                : args[0].equals(Constants.OBJECTCLASS)
                                        ? new String[] {type.getName()}
                                        : properties.get(args[0]);
                    case "getBundle" -> bundle;
                    case "compareTo" -> 0;
                    default -> throw new UnsupportedOperationException(method.toString());
                });
        synchronized (services) {
            services.put(reference, service);
        }
        tell(ServiceEvent.REGISTERED, reference);
        return new Registration(reference);
    }

    private void tell(int type, ServiceReference<?> reference) {
        String className = ((String[]) reference.getProperty(Constants.OBJECTCLASS))[0];
        listeners.forEach((listener, filter) -> {
            if (filter.contains("=" + className + ")")) {
                listener.serviceChanged(new ServiceEvent(type, reference));
            }
        });
    }

    private ServiceReference<?>[] references(String type) {
        synchronized (services) {
            return services.keySet().stream()
                    .filter(r -> ((String[]) r.getProperty(Constants.OBJECTCLASS))[0].equals(type))
                    .toArray(ServiceReference<?>[]::new);
        }
    }

    private Object service(ServiceReference<?> reference) {
        synchronized (services) {
            return services.get(reference);
        }
    }

    private Bundle bundle(String name) {
        return proxy(Bundle.class, (self, method, args) -> switch (method.getName()) {
            case "getSymbolicName" -> name;
            case "getVersion" -> Version.valueOf("1.0.0");
            case "getState" -> name.equals("system") ? Bundle.ACTIVE : bundleState;
            case "getBundleId" -> 1L;
            default -> throw new UnsupportedOperationException(method.toString());
        });
    }

    @SuppressWarnings("unchecked") // the proxy implements the type
    private static <T> T proxy(Class<?> type, InvocationHandler handler) {
        return (T) Proxy.newProxyInstance(
                FakeFramework.class.getClassLoader(), new Class<?>[] {type}, (self, method, args) -> {
                    if (isOfObject(method)) {
                        return switch (method.getName()) {
                            case "equals" -> self == args[0];
                            case "hashCode" -> System.identityHashCode(self);
                            default -> "fake " + type.getSimpleName();
                        };
                    }
                    return handler.invoke(self, method, args);
                });
    }

    private static boolean isOfObject(Method method) {
        return method.getDeclaringClass() == Object.class
                || method.getName().equals("equals")
                || method.getName().equals("hashCode");
    }
}
