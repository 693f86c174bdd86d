using System.Text.Json.Nodes;
using Halley.Data;
using Spectre.Console;

namespace Halley.Cli;

/// <summary>Turns what went wrong into a message and an exit status; no stack trace without <c>--debug</c>.</summary>
static class Faults
{
    public static int Report(Exception exception, Output output, bool debug)
    {
        var (code, message, status) = Describe(exception);
        if (output.IsJson)
            output.Write(
                new JsonObject
                {
                    ["error"] = new JsonObject { ["code"] = code, ["message"] = message },
                },
                _ => { }
            );
        output.Messages.MarkupLineInterpolated($"[red]error[/] {message}");
        if (debug)
            output.Messages.WriteLine(exception.ToString());
        return status;
    }

    static (string Code, string Message, int Status) Describe(Exception exception) =>
        exception switch
        {
            HalleyException { Kind: FaultKind.CheckFailed } fault => (fault.Code, fault.Message, ExitStatus.CheckFailed),
            HalleyException { Kind: FaultKind.Environment } fault => (fault.Code, fault.Message, ExitStatus.Environment),
            HalleyException fault => (fault.Code, fault.Message, ExitStatus.BadInput),
            FileNotFoundException missing => (
                "HLY7001",
                $"HLY7001: there is no file '{missing.FileName}'. Check the path.",
                ExitStatus.BadInput
            ),
            DirectoryNotFoundException missing => ("HLY7002", $"HLY7002: {missing.Message}", ExitStatus.BadInput),
            UnauthorizedAccessException denied => (
                "HLY7003",
                $"HLY7003: {denied.Message} Check the permissions.",
                ExitStatus.Environment
            ),
            IOException { InnerException: Microsoft.AspNetCore.Connections.AddressInUseException } taken => (
                "HLY7008",
                $"HLY7008: {taken.Message} Stop the other program, or choose another address with --address.",
                ExitStatus.Environment
            ),
            IOException io => ("HLY7004", $"HLY7004: {io.Message}", ExitStatus.Environment),
            OperationCanceledException => ("HLY7005", "HLY7005: stopped before the end.", ExitStatus.Environment),
            _ => (
                "HLY7000",
                $"HLY7000: an error that Halley should have caught: {exception.GetType().Name}: {exception.Message} "
                    + "Run again with --debug for the details, and please report it.",
                ExitStatus.Environment
            ),
        };
}
