// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.internal.repository;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.autoprov.core.service.ParameterService;

/** Parameters without a store. */
final class FixedParameters implements ParameterService {

    final Map<String, String> values = new ConcurrentHashMap<>();

    @Override
    public List<String> names() {
        return List.copyOf(values.keySet());
    }

    @Override
    public Optional<String> get(String name) {
        return Optional.ofNullable(values.get(name));
    }

    @Override
    public void set(String actor, String name, String value) {
        values.put(name, value);
    }
}
