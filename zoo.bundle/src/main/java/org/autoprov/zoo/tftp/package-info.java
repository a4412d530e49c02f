// SPDX-License-Identifier: Apache-2.0
/** TFTP as phones speak it: a strict client that tells what a server does wrong. */
package org.autoprov.zoo.tftp;
