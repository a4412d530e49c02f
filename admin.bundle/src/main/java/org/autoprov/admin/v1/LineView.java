// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin.v1;

import java.util.LinkedHashMap;
import java.util.Map;
import org.autoprov.core.device.Line;
import org.autoprov.core.service.Masking;

/** Lines as those see them who reach their tenant. The code is no secret for them: they hand it out. */
final class LineView {

    private LineView() {}

    static Map<String, Object> write(Line line, Masking masking) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("id", line.id());
        view.put("revision", line.revision());
        view.put("tenant", line.tenant());
        view.put("code", line.code());
        view.put("account", masking.tree(line.account()));
        view.put("parameters", masking.tree(line.parameters()));
        view.put("device", line.device());
        view.put("position", line.isBound() ? (long) line.position() : null);
        return view;
    }
}
