using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Halley.Workbench;

/// <summary>The pages people work in: files inside this assembly, served beside the API that they read.</summary>
public static class WorkbenchPages
{
    static readonly Dictionary<string, string> ContentTypes = new(StringComparer.Ordinal)
    {
        [".html"] = "text/html; charset=utf-8",
        [".css"] = "text/css; charset=utf-8",
        [".js"] = "text/javascript; charset=utf-8",
        [".woff2"] = "font/woff2",
    };

    /// <summary>Serves the page at <c>/</c> and its files beside it.</summary>
    public static void MapWorkbench(this IEndpointRouteBuilder endpoints)
    {
        var assembly = typeof(WorkbenchPages).Assembly;
        foreach (
            var resource in assembly
                .GetManifestResourceNames()
                .Where(name => name.StartsWith("wwwroot/", StringComparison.Ordinal))
        )
        {
            using var stream = assembly.GetManifestResourceStream(resource)!;
            var content = new byte[stream.Length];
            stream.ReadExactly(content);
            var name = resource["wwwroot/".Length..];
            var path = name == "index.html" ? "/" : "/" + name;
            endpoints
                .MapGet(path, (HttpContext context) => WriteAsync(context, content, ContentTypes[Path.GetExtension(name)]))
                .ExcludeFromDescription();
        }
    }

    static async Task WriteAsync(HttpContext context, byte[] content, string contentType)
    {
        // Nothing from outside, nothing inline: a page that shows customers' records runs no foreign code.
        context.Response.Headers.ContentSecurityPolicy = "default-src 'self'; img-src 'self' data:; frame-ancestors 'none'";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        context.Response.ContentType = contentType;
        context.Response.ContentLength = content.Length;
        await context.Response.Body.WriteAsync(content, context.RequestAborted);
    }
}
