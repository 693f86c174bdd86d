using System.Reflection;
using Microsoft.Extensions.Logging;

namespace Halley.Server.Tests;

public sealed class LogMessageTests
{
    [Fact]
    public void Each_message_has_an_id_of_its_own()
    {
        var messages = typeof(DecisionServer)
            .Assembly.GetTypes()
            .SelectMany(type => type.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.DeclaredOnly))
            .Select(method => (method.Name, Message: method.GetCustomAttribute<LoggerMessageAttribute>()))
            .Where(one => one.Message is not null)
            .ToList();
        Assert.True(messages.Count > 15, $"only {messages.Count} messages were found");
        Assert.Empty(messages.GroupBy(one => one.Message!.EventId).Where(group => group.Count() > 1).Select(group => group.Key));
    }
}
