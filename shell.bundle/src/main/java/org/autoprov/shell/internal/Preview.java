// SPDX-License-Identifier: Apache-2.0
package org.autoprov.shell.internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.autoprov.core.device.Device;
import org.autoprov.core.plugin.PhoneFile;
import org.autoprov.core.request.FileContent;
import org.autoprov.core.service.DeviceService;
import org.autoprov.core.service.Masking;
import org.autoprov.core.service.RefusedException;

/** The command {@code preview}: a device's files, without the device. */
final class Preview implements Command.Body {

    private static final long LARGEST = 8 << 20;

    private final DeviceService devices;
    private final Finder finder;
    private final Function<Device, Masking> secrets;

    Preview(DeviceService devices, Finder finder, Function<Device, Masking> secrets) {
        this.devices = devices;
        this.finder = finder;
        this.secrets = secrets;
    }

    /** What there is to say of a file besides its name, for the end of a line. */
    static String remarks(PhoneFile file) {
        return " (" + file.access().name().toLowerCase(Locale.ROOT) + (file.perDevice() ? "" : ", common")
                + (file.stateTrigger() ? ", proves the configuration was taken" : "")
                + (file.writable() ? ", uploaded" : "") + ")";
    }

    @Override
    public void run(Arguments arguments, Screen screen) throws Exception {
        Device device = finder.device(arguments.get(0));
        if (arguments.count() == 1) {
            list(device, screen);
            return;
        }
        FileContent content = devices.preview(device.id(), name(device, arguments.get(1)));
        if (content.length() > LARGEST) {
            screen.line(content.name() + " has " + content.length() + " bytes, too many to print");
            return;
        }
        byte[] bytes = content.bytes() != null ? content.bytes() : read(content);
        String text = text(bytes, content.contentType());
        if (text.indexOf('\0') >= 0) {
            screen.line(content.name() + " is binary, " + content.length() + " bytes, " + content.contentType());
            return;
        }
        Masking masks = arguments.has("--secrets") ? Masking.NONE : secrets.apply(device);
        for (String line : masks.mask(text).split("\r\n|\n")) {
            printLine(line, screen);
        }
    }

    private static void printLine(String line, Screen screen) throws InterruptedException {
        // Tabs are harmless, and files are indented with them.
        screen.plain(String.join(
                "\t", List.of(line.split("\t", -1)).stream().map(Text::safe).toList()));
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }

    private static byte[] read(FileContent content) throws RefusedException {
        try {
            return Files.readAllBytes(content.path());
        } catch (IOException e) {
            throw new RefusedException(RefusedException.Reason.UNAVAILABLE, content.name() + " cannot be read", e);
        }
    }

    private static String text(byte[] bytes, String contentType) {
        int at = contentType.toLowerCase(Locale.ROOT).indexOf("charset=");
        Charset charset = StandardCharsets.UTF_8;
        if (at >= 0) {
            try {
                charset = Charset.forName(contentType
                        .substring(at + 8)
                        .replace("\"", "")
                        .split(";")[0]
                        .strip());
            } catch (IllegalArgumentException e) {
                charset = StandardCharsets.UTF_8; // an unknown name says nothing
            }
        }
        try {
            return charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            return new String(bytes, StandardCharsets.ISO_8859_1);
        }
    }

    private void list(Device device, Screen screen) throws InterruptedException {
        Table table = new Table("FILE", "ACCESS", "FOR", "TYPE", "REMARK");
        for (PhoneFile file : devices.files(device.id())) {
            table.row(
                    file.name(),
                    file.access().name().toLowerCase(Locale.ROOT),
                    file.perDevice() ? "this device" : "its model",
                    file.contentType(),
                    file.writable() ? "uploaded by the phone" : file.stateTrigger() ? "trigger" : null);
        }
        String problem = devices.problem(device.id()).map(text -> ": " + text).orElse("");
        table.print(screen, "it gets no files" + problem);
    }

    /** A file's name, also from a part of it that only one has. */
    private String name(Device device, String given) {
        String wanted = given.startsWith("/") ? given.substring(1) : given;
        List<String> names =
                devices.files(device.id()).stream().map(PhoneFile::name).toList();
        if (names.contains(wanted)) {
            return wanted;
        }
        List<String> similar =
                names.stream().filter(name -> name.contains(wanted)).toList();
        return similar.size() == 1 ? similar.get(0) : wanted;
    }
}
