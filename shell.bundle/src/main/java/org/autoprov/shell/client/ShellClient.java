// SPDX-License-Identifier: Apache-2.0
package org.autoprov.shell.client;

import java.io.BufferedReader;
import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * {@code autoprov shell}: runs one command in a running server and ends with its exit status; without a command, reads
 * commands from the terminal, or line by line from anything else.
 *
 * <p>One command touches no class of jline, so it answers quickly.
 */
public final class ShellClient {

    private static final String USAGE = """
            usage: autoprov shell [--data DIR] [COMMAND [ARGUMENT]...]
              --data DIR   the data folder of the running server (default ./data)
              COMMAND      one command, `help` lists them; a single argument is a whole Gogo command line;
                           without it: interactive, or one command a line from standard input
            exit status: 0 done, 1 the command failed, 64 wrong usage, 69 no server is running there, 130 interrupted
            """;

    private final Path data;
    private final OutputStream out = new FileOutputStream(FileDescriptor.out);
    private final OutputStream err = new FileOutputStream(FileDescriptor.err);

    private ShellClient(Path data) {
        this.data = data;
    }

    public static void main(String[] args) {
        Path data = Path.of("data");
        int next = 0;
        while (next < args.length && args[next].startsWith("-")) {
            String option = args[next++];
            if (option.equals("--help") || option.equals("-h")) {
                System.out.print(USAGE);
                System.exit(ShellLink.OK);
            } else if (option.equals("--data") && next < args.length) {
                data = Path.of(args[next++]);
            } else if (option.startsWith("--data=")) {
                data = Path.of(option.substring("--data=".length()));
            } else if (option.equals("--")) {
                break;
            } else {
                System.err.print("autoprov: what is " + option + "?\n" + USAGE);
                System.exit(ShellLink.USAGE);
            }
        }
        // halt: nothing needs an orderly end here, and it saves the time that one takes
        int status = new ShellClient(data).serve(List.of(args).subList(next, args.length));
        System.err.flush();
        Runtime.getRuntime().halt(status);
    }

    private int serve(List<String> command) {
        Path socket = Wire.socket(data);
        if (!Files.exists(socket)) {
            // A folder that may not be entered looks like one that is empty.
            boolean closed = Files.isDirectory(socket.getParent()) && !Files.isExecutable(socket.getParent());
            return say(
                    ShellLink.UNAVAILABLE,
                    closed
                            ? "the server's shell in " + data + " is open to its owner only"
                            : "no server is running in " + data);
        }
        try (ShellLink link = new SocketLink(socket)) {
            if (!command.isEmpty()) {
                return run(link, command.size() == 1 ? command.get(0) : GogoQuote.line(command));
            }
            if (isTerminal()) {
                return new Prompt(link, socket.resolveSibling("shell_history"), null).run();
            }
            return runLines(link);
        } catch (AccessDeniedException e) {
            return say(ShellLink.UNAVAILABLE, "the server's shell in " + data + " is open to its owner only");
        } catch (java.net.ConnectException e) {
            return say(ShellLink.UNAVAILABLE, "no server is running in " + data);
        } catch (IOException e) {
            boolean denied = String.valueOf(e.getMessage()).contains("ermission");
            return say(
                    ShellLink.UNAVAILABLE,
                    denied ? "the server's shell in " + data + " is open to its owner only" : e.getMessage());
        }
    }

    private int run(ShellLink link, String line) throws IOException {
        return link.run(line, isTerminal() ? columns() : 0, out, err);
    }

    private int runLines(ShellLink link) throws IOException {
        int status = ShellLink.OK;
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            String command = line.strip();
            if (command.equals("exit") || command.equals("quit")) {
                break;
            }
            if (!command.isEmpty() && link.run(command, 0, out, err) != ShellLink.OK) {
                status = ShellLink.FAILED;
            }
        }
        return status;
    }

    private static boolean isTerminal() {
        Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            // From Java 22 on there is a console also without a terminal; only the newer method tells.
            return (Boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (NoSuchMethodException e) {
            return true;
        } catch (ReflectiveOperationException e) {
            return false;
        }
    }

    /** As the terminal says; 0 (nothing is cut) when it does not. */
    private static int columns() {
        try {
            Process stty = new ProcessBuilder("stty", "size")
                    .redirectInput(ProcessBuilder.Redirect.INHERIT)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String answer = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
            return Integer.parseInt(answer.substring(answer.indexOf(' ') + 1));
        } catch (IOException | NumberFormatException e) {
            return 0;
        }
    }

    private static int say(int status, String message) {
        new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8)
                .println("autoprov: " + message);
        return status;
    }
}
