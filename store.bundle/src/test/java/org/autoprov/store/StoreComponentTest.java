// SPDX-License-Identifier: Apache-2.0
package org.autoprov.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.annotation.Annotation;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.autoprov.core.service.HealthSource;
import org.autoprov.core.service.MetricSource;
import org.autoprov.core.store.Store;
import org.autoprov.core.store.StoreException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;

class StoreComponentTest {

    @TempDir
    Path data;

    private final List<Object> registered = new ArrayList<>();

    @BeforeEach
    @AfterEach
    void clearFailure() {
        System.clearProperty(StoreComponent.FAILURE);
    }

    /** A bundle context that knows the data folder and remembers what is registered. */
    private BundleContext context(Path folder) {
        return proxy(BundleContext.class, (method, arguments) -> switch (method) {
            case "getProperty" -> folder == null || !arguments[0].equals("autoprov.data") ? null : folder.toString();
            case "registerService" -> {
                assertThat((String[]) arguments[0])
                        .containsExactly(
                                Store.class.getName(), MetricSource.class.getName(), HealthSource.class.getName());
                registered.add(arguments[1]);
                yield proxy(ServiceRegistration.class, (name, none) -> registered.remove(arguments[1]));
            }
            default -> throw new UnsupportedOperationException(method);
        });
    }

    private interface Answer {
        Object to(String method, Object[] arguments);
    }

    private static <T> T proxy(Class<T> type, Answer answer) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (self, method, arguments) -> answer.to(method.getName(), arguments)));
    }

    private static StoreSettings settings(String url) {
        return new StoreSettings() {
            @Override
            public String store_url() {
                return url;
            }

            @Override
            public Class<? extends Annotation> annotationType() {
                return StoreSettings.class;
            }
        };
    }

    @Test
    void registersTheStoreWhileItIsOpen() {
        StoreComponent component = new StoreComponent(context(data), settings(StoreUrl.DEFAULT));
        assertThat(registered).singleElement().isInstanceOf(Store.class);
        assertThat(System.getProperty("autoprov.failure")).isNull();
        component.modified(settings("sqlite:other.db"));
        assertThat(registered).hasSize(1);
        component.close();
        assertThat(registered).isEmpty();
        assertThat(data.resolve("autoprov.db")).isNotEmptyFile();
        assertThat(data.resolve("other.db")).doesNotExist();
    }

    @Test
    void tellsTheLauncherInOneLineWhyItCannotOpen() {
        StoreComponent first = new StoreComponent(context(data), settings(StoreUrl.DEFAULT));
        assertThatThrownBy(() -> new StoreComponent(context(data), settings(StoreUrl.DEFAULT)))
                .isInstanceOf(StoreException.class);
        assertThat(System.getProperty("autoprov.failure"))
                .isEqualTo("data folder " + data + " is used by another Autoprov (pid "
                        + ProcessHandle.current().pid() + ")");
        assertThat(registered).hasSize(1);
        first.close();
    }

    @Test
    void refusesToGuessADataFolder() {
        assertThatThrownBy(() -> new StoreComponent(context(null), settings(StoreUrl.DEFAULT)))
                .isInstanceOf(StoreException.class);
        assertThat(System.getProperty("autoprov.failure"))
                .isEqualTo("the framework property autoprov.data does not name a data folder");
    }

    @Test
    void refusesAnUrlItDoesNotKnow() {
        assertThatThrownBy(() -> new StoreComponent(context(data), settings("postgresql://u:p@h/d")))
                .isInstanceOf(StoreException.class);
        assertThat(System.getProperty("autoprov.failure"))
                .isEqualTo("store.url has the scheme 'postgresql': only sqlite:FILE is supported");
        assertThat(registered).isEmpty();
    }
}
