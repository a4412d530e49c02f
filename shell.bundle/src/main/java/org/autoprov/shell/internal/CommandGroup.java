// SPDX-License-Identifier: Apache-2.0
package org.autoprov.shell.internal;

import java.util.List;

/** Commands that need the same services, and are there while these are. */
interface CommandGroup {

    List<Command> commands();
}
