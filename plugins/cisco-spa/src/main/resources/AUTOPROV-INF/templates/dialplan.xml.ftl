<#-- SPDX-License-Identifier: Apache-2.0 -->
<#-- What an ATA190 waits for before it dials: any number, sent after five seconds, or at once with #. -->
<?xml version="1.0" encoding="UTF-8"?>
<DIALTEMPLATE>
<TEMPLATE MATCH="*" Timeout="5"/>
</DIALTEMPLATE>
