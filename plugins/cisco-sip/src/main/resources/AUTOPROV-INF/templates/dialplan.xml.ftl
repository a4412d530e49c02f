<#-- SPDX-License-Identifier: Apache-2.0 -->
<#-- Any number, sent three seconds after its last digit. -->
<DIALTEMPLATE>
  <TEMPLATE MATCH="*" Timeout="3"/>
</DIALTEMPLATE>
