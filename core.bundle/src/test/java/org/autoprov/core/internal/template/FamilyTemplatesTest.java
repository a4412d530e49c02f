// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.internal.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.autoprov.core.config.InvalidConfigException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(20)
class FamilyTemplatesTest {

    @TempDir
    Path folder;

    private final AtomicLong now = new AtomicLong(1);
    private final List<String> warnings = new ArrayList<>();
    private final Logger logger = Logger.getLogger(FamilyTemplates.class.getName());
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord entry) {
            warnings.add(new SimpleFormatter().formatMessage(entry));
        }

        @Override
        public void flush() {
            // kept in memory
        }

        @Override
        public void close() {
            // kept in memory
        }
    };
    private CustomTemplates custom;
    private FamilyTemplates templates;

    @BeforeEach
    void open() {
        custom = new CustomTemplates(folder.resolve("templates"), now::get);
        templates = new FamilyTemplates(custom, this::own);
        logger.addHandler(handler);
    }

    @AfterEach
    void close() {
        logger.removeHandler(handler);
    }

    @Test
    void escapesByTheNameOfTheTemplate() throws Exception {
        own("phone.xml.ftl", "<a>${x}</a>");
        own("phone.cfg.ftl", "a=${x}\nb=1");
        assertThat(render("phone.xml.ftl", Map.of("x", "<b>\n"))).isEqualTo("<a>&lt;b&gt; </a>");
        assertThat(render("phone.cfg.ftl", Map.of("x", "<b>\r\nb=2"))).isEqualTo("a=<b> b=2\nb=1");
    }

    @Test
    void printsNumbersAsTheComputerWritesThem() throws Exception {
        own("phone.cfg.ftl", "${n} ${d} ${b} <#list l as x>${x},</#list> ${m.k} ${none!'-'}");
        Map<String, Object> model =
                new HashMap<>(Map.of("n", 1234567L, "d", 0.5, "b", true, "l", List.of(1, "x"), "m", Map.of("k", "v")));
        model.put("none", null);
        assertThat(render("phone.cfg.ftl", model)).isEqualTo("1234567 0.5 true 1,x, v -");
    }

    @Test
    void customTemplatesWinInOrder() throws Exception {
        own("phone.cfg.ftl", "own");
        own("A1.phone.cfg.ftl", "own model");
        assertThat(renderFor("f.cfg", "A2")).isEqualTo("own");
        assertThat(renderFor("f.cfg", "A1")).isEqualTo("own model");
        custom("phone.cfg.ftl", "custom");
        assertThat(renderFor("f.cfg", "A2")).isEqualTo("custom");
        assertThat(renderFor("f.cfg", "A1")).isEqualTo("own model");
        custom("A1.phone.cfg.ftl", "custom model");
        assertThat(renderFor("f.cfg", "A1")).isEqualTo("custom model");
        custom("f.cfg.ftl", "custom file");
        assertThat(renderFor("f.cfg", "A1")).isEqualTo("custom file");
        assertThat(renderFor("g.cfg", "A1")).isEqualTo("custom model");
    }

    @Test
    void customTemplateOfAFileEscapesAsTheTemplateItReplaces() throws Exception {
        own("phone.xml.ftl", "<own/>");
        custom("f.cfg.ftl", "<a>${x}</a>");
        assertThat(text(templates.render("p", "phone.xml.ftl", "f.cfg", null, Map.of("x", "<"))))
                .isEqualTo("<a>&lt;</a>");
    }

    @Test
    void includesFollowTheSameOrder() throws Exception {
        own("phone.cfg.ftl", "<#include 'part.cfg.ftl'>");
        own("part.cfg.ftl", "own part");
        assertThat(renderFor("f.cfg", null)).isEqualTo("own part");
        custom("part.cfg.ftl", "custom part");
        assertThat(renderFor("f.cfg", null)).isEqualTo("custom part");
    }

    @Test
    void noticesNewAndChangedTemplatesWithinASecond() throws Exception {
        own("phone.cfg.ftl", "own");
        assertThat(renderFor("f.cfg", null)).isEqualTo("own");
        assertThat(custom.version("p")).isZero();
        Path file = folder.resolve("templates/p/phone.cfg.ftl");
        Files.createDirectories(file.getParent());
        Files.writeString(file, "one");
        assertThat(renderFor("f.cfg", null)).as("not looked at yet").isEqualTo("own");
        now.addAndGet(1_000_000_000);
        assertThat(renderFor("f.cfg", null)).isEqualTo("one");
        long version = custom.version("p");
        now.addAndGet(1_000_000_000);
        assertThat(custom.version("p")).isEqualTo(version);
        Files.writeString(file, "other");
        now.addAndGet(1_000_000_000);
        assertThat(custom.version("p")).isNotEqualTo(version);
        assertThat(renderFor("f.cfg", null)).isEqualTo("other");
        Files.delete(file);
        now.addAndGet(1_000_000_000);
        assertThat(renderFor("f.cfg", null)).isEqualTo("own");
        assertThat(custom.version("q")).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"line\n<#if x>", "line\n${missing}", "line\n${x?number}", "\n<#macro m><@m/></#macro><@m/>"})
    void faultyCustomTemplateIsReportedOnceAndReplaced(String faulty) throws Exception {
        own("phone.cfg.ftl", "own");
        custom("phone.cfg.ftl", faulty);
        for (int i = 0; i < 3; i++) {
            assertThat(render("phone.cfg.ftl", Map.of("x", "hunter2"))).isEqualTo("own");
            now.addAndGet(1_000_000_000);
        }
        assertThat(warnings).hasSize(1);
        assertThat(warnings.get(0))
                .contains("phone.cfg.ftl")
                .doesNotContain("hunter2")
                .doesNotContain("\n");
        if (!faulty.contains("macro")) {
            assertThat(warnings.get(0)).contains("line 2");
        }
        custom("phone.cfg.ftl", faulty + " ");
        render("phone.cfg.ftl", Map.of("x", "hunter2"));
        assertThat(warnings).hasSize(2);
    }

    @Test
    void ownFaultyTemplateNamesPlace() {
        own("phone.cfg.ftl", "a\n${user.name}");
        assertThatThrownBy(() -> render("phone.cfg.ftl", Map.of()))
                .isInstanceOf(InvalidConfigException.class)
                .hasMessageContaining("phone.cfg.ftl line 2 column 3: user is missing");
        assertThatThrownBy(() -> render("other.cfg.ftl", Map.of())).hasMessageContaining("no template other.cfg.ftl");
        assertThat(warnings).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "${'freemarker.template.utility.Execute'?new()('id')}",
                "${'freemarker.template.utility.ObjectConstructor'?new()('java.io.File','/')}",
                "${x?no_esc}",
                "${m?api.class}",
                "${x?api.getClass()}",
                "${m.class}",
                "${x.class}",
                "${.data_model.class}",
                "${.data_model['java.lang.System'].exit(0)}",
                "<#include '../../secret.ftl'>",
                "<#include '/../secret.ftl'>",
                "<#include '/etc/passwd'>",
                "<#include 'file:///etc/passwd'>",
                "<#include 'link.cfg.ftl'>",
                "<#assign t = '${1}'?interpret><@t/>"
            })
    void sandboxHolds(String attack) throws Exception {
        own("phone.cfg.ftl", "own");
        Files.writeString(folder.resolve("secret.ftl"), "secret");
        Files.createDirectories(folder.resolve("templates/p"));
        Files.createSymbolicLink(folder.resolve("templates/p/link.cfg.ftl"), folder.resolve("secret.ftl"));
        custom("phone.cfg.ftl", "custom " + attack);
        assertThat(render("phone.cfg.ftl", Map.of("x", "text", "m", Map.of("k", "v"))))
                .isEqualTo("own");
        assertThat(warnings).hasSize(1);
    }

    @Test
    void refusesJavaObjects() {
        own("phone.cfg.ftl", "${x}");
        assertThatThrownBy(() -> render("phone.cfg.ftl", Map.of("x", new Object())))
                .isInstanceOf(InvalidConfigException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"<#list 1.. as x></#list>", "<#include 'loop.cfg.ftl'>"})
    void endlessLoopEndsWithItsThread(String loop) throws Exception {
        own("phone.cfg.ftl", "own");
        own("loop.cfg.ftl", "<#list 1.. as x></#list>");
        custom("phone.cfg.ftl", loop);
        Throwable[] failure = new Throwable[1];
        Thread thread = new Thread(() -> {
            try {
                render("phone.cfg.ftl", Map.of());
            } catch (Exception e) {
                failure[0] = e;
            }
        });
        thread.start();
        thread.join(300);
        thread.interrupt();
        thread.join(TimeUnit.SECONDS.toMillis(5));
        assertThat(thread.isAlive()).isFalse();
        assertThat(failure[0]).isInstanceOf(InvalidConfigException.class).hasMessageContaining("took too long");
        assertThat(render("phone.cfg.ftl", Map.of())).as("not tried again").isEqualTo("own");
    }

    @Test
    void refusesFilesOfMoreThan16MiB() {
        own("phone.cfg.ftl", "<#list 1..100000 as x>${y}</#list>");
        assertThatThrownBy(() -> render("phone.cfg.ftl", Map.of("y", "x".repeat(1000))))
                .isInstanceOf(InvalidConfigException.class)
                .hasMessageContaining("16 MiB");
    }

    @Test
    void hostileModelAndPluginNamesFindNothing() throws Exception {
        own("phone.cfg.ftl", "own");
        custom("phone.cfg.ftl", "custom");
        for (String name : Arrays.asList("../x", "a:b", "*", "x\0", "", null)) {
            assertThat(renderFor("../../secret", name)).isEqualTo("custom");
        }
        assertThat(custom.version("../x")).isZero();
        assertThat(custom.version("..")).isZero();
    }

    @Test
    void rendersQuickly() throws Exception {
        StringBuilder template = new StringBuilder();
        for (int i = 0; i < 150; i++) {
            template.append("parameter.number.").append(i).append(".of.the.phone = ${lines[0].name} and ${x}\n");
        }
        own("phone.cfg.ftl", template.toString());
        Map<String, Object> model = Map.of("x", "a value of a parameter", "lines", List.of(Map.of("name", "Ålice")));
        long best = Long.MAX_VALUE;
        for (int round = 0; round < 12; round++) {
            long start = System.nanoTime();
            for (int i = 0; i < 500; i++) {
                templates.render("p", "phone.cfg.ftl", "f.cfg", "A1", model);
            }
            best = Math.min(best, (System.nanoTime() - start) / 500);
        }
        assertThat(best).isLessThan(2_000_000);
    }

    private void own(String name, String text) {
        try {
            Path file = folder.resolve("own").resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private URL own(String name) {
        try {
            Path file = folder.resolve("own").resolve(name);
            return Files.exists(file) ? file.toUri().toURL() : null;
        } catch (MalformedURLException | java.nio.file.InvalidPathException e) {
            return null;
        }
    }

    private void custom(String name, String text) throws IOException {
        Path file = folder.resolve("templates/p").resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        now.addAndGet(1_000_000_000);
    }

    private String render(String template, Map<String, Object> model) throws InvalidConfigException {
        return text(templates.render("p", template, null, null, model));
    }

    private String renderFor(String deviceFileName, String modelName) throws InvalidConfigException {
        return text(templates.render("p", "phone.cfg.ftl", deviceFileName, modelName, Map.of()));
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
