// SPDX-License-Identifier: Apache-2.0
/** Commands, the socket they are called through, and the console. */
@Capability(namespace = "org.apache.felix.gogo", name = "shell.implementation", version = "1.0.0")
package org.autoprov.shell.internal;

import org.osgi.annotation.bundle.Capability;
