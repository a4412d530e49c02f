// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin.v1;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.autoprov.admin.ApiReply;
import org.autoprov.core.device.Device;
import org.autoprov.core.device.Line;
import org.autoprov.core.plugin.PhoneFile;
import org.autoprov.core.request.FileContent;
import org.autoprov.core.service.Masking;
import org.autoprov.core.service.RefusedException;

/**
 * The files that a device would get, for those who reach its owner; 403 for the tenant of one of its ports. Looking at them
 * changes nothing. Secrets are masked unless {@code secrets=true}, which is refused (403) while lines of tenants that the
 * caller does not reach are on the device; their user names are masked too then.
 */
final class FileResources {

    private static final String DEVICE = "/1/devices/{device}";
    private static final String ACCESS = "provd.v1.devices.{device}";

    private final Services services;
    private final Visibility visibility;

    FileResources(Services services) {
        this.services = services;
        this.visibility = new Visibility(services.devices(), services.lines());
    }

    List<Route> routes() {
        String one = DEVICE + "/files/{file}";
        return List.of(
                Route.get(DEVICE + "/parameters", ACCESS + ".parameters.read", this::parameters),
                Route.get(DEVICE + "/files", ACCESS + ".files.read", this::list),
                Route.get(one, ACCESS + ".files.{file}.read", this::preview),
                Route.post(one, ACCESS + ".files.{file}.create", this::previewWith));
    }

    /** Its flattened parameters with the defaults that its plugin sees; 404 without a config. */
    private ApiReply parameters(Exchange exchange) throws Problem {
        Device device = device(exchange);
        DeviceSecrets secrets = secrets(exchange, device);
        if (services.devices().parameters(device.id()).isEmpty()) {
            throw new Problem(Problem.Type.NOT_FOUND, "the device has no parameters: " + problem(device));
        }
        return Answers.json(open(exchange, device) ? secrets.parameters() : secrets.view());
    }

    private String problem(Device device) {
        return services.devices().problem(device.id()).orElse("it has no config");
    }

    private ApiReply list(Exchange exchange) throws Problem {
        Device device = device(exchange);
        List<Object> items = services.devices().files(device.id()).stream()
                .map(file -> (Object) write(device, file))
                .toList();
        return Answers.json(Map.of("items", items));
    }

    private static Map<String, Object> write(Device device, PhoneFile file) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("name", file.name());
        view.put("content_type", file.contentType());
        view.put("access", file.access().name().toLowerCase(Locale.ROOT));
        view.put("per_device", file.perDevice());
        view.put("state_trigger", file.stateTrigger());
        view.put("writable", file.writable());
        String href = "/1/devices/" + Answers.encode(device.id()) + "/files/" + Answers.encode(file.name());
        view.put("href", file.writable() ? null : href);
        return view;
    }

    /** The file just as the device would get it now. 422 when it cannot be made, or is binary and to be masked. */
    private ApiReply preview(Exchange exchange) throws Problem, RefusedException {
        Device device = device(exchange);
        boolean open = open(exchange, device);
        FileContent content = services.devices().preview(device.id(), exchange.variable("file"));
        if (open) {
            return file(content, FileText.read(content));
        }
        DeviceSecrets secrets = secrets(exchange, device);
        return file(content, FileText.masked(content, secrets.masking(secrets.parameters())));
    }

    /**
     * The file as it would be with other parameters; nothing is stored. {@code parameters} is a JSON merge patch on the
     * flattened parameters.
     */
    private ApiReply previewWith(Exchange exchange) throws Problem, RefusedException {
        Fields fields = new Fields(exchange.body());
        Map<String, Object> given = fields.object("parameters");
        fields.end();
        Map<String, Object> changes = given == null ? Map.of() : given;
        Device device = device(exchange);
        String name = exchange.variable("file");
        if (open(exchange, device)) {
            FileContent content = services.devices().preview(device.id(), name, changes);
            return file(content, FileText.read(content));
        }
        DeviceSecrets secrets = secrets(exchange, device);
        Map<String, Object> patch = DeviceSecrets.overlay(secrets.decoys(), changes);
        Masking masking = secrets.masking(Fields.merge(secrets.parameters(), patch));
        FileContent content = services.devices().preview(device.id(), name, patch);
        return file(content, FileText.masked(content, masking));
    }

    private Device device(Exchange exchange) throws Problem {
        return visibility.owned(exchange, exchange.variable("device"));
    }

    private List<Line> foreign(Exchange exchange, Device device) {
        return visibility.linesOf(device).stream()
                .filter(line -> !exchange.reaches(line.tenant()))
                .toList();
    }

    private DeviceSecrets secrets(Exchange exchange, Device device) {
        return new DeviceSecrets(services, device, foreign(exchange, device));
    }

    private boolean open(Exchange exchange, Device device) throws Problem {
        if (!exchange.secrets()) {
            return false;
        }
        if (!foreign(exchange, device).isEmpty()) {
            throw new Problem(
                    Problem.Type.FORBIDDEN, "lines of other tenants are tied to the device, their secrets stay hidden");
        }
        return true;
    }

    /** Whatever a phone's file holds, no browser shall run it. */
    private static ApiReply file(FileContent content, byte[] bytes) {
        String name = content.name().substring(content.name().lastIndexOf('/') + 1);
        return new ApiReply(200, content.contentType(), bytes, Map.of())
                .with("Content-Disposition", "inline; filename*=UTF-8''" + Answers.encode(name))
                .with("X-Content-Type-Options", "nosniff")
                .with("Content-Security-Policy", "sandbox")
                .with("Cache-Control", "no-store");
    }
}
