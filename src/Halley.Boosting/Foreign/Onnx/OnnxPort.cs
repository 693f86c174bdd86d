namespace Halley.Boosting;

/// <summary>An input or output of an ONNX graph.</summary>
/// <param name="Type">Of its elements; <see cref="OnnxType.None"/> for a sequence or a map.</param>
/// <param name="Columns">Its last dimension where it has two; 1 where it has one; −1 where the file does not say.</param>
sealed record OnnxPort(string Name, OnnxType Type, long Columns)
{
    internal static OnnxPort Read(ProtoReader reader)
    {
        var port = new OnnxPort("", OnnxType.None, -1);
        while (reader.Next())
        {
            if (reader.Field == 1)
                port = port with { Name = reader.Text() };
            else if (reader.Field == 2)
                port = ReadType(port, reader.Message("type"));
        }
        return port;
    }

    static OnnxPort ReadType(OnnxPort port, ProtoReader reader)
    {
        while (reader.Next())
        {
            // Field 1 is a tensor; sequences and maps hold no input of a model.
            if (reader.Field != 1)
                continue;
            var tensor = reader.Message("tensor type");
            while (tensor.Next())
            {
                if (tensor.Field == 1)
                    port = port with { Type = (OnnxType)tensor.Integer() };
                else if (tensor.Field == 2)
                    port = port with { Columns = ColumnsOf(tensor.Message("shape")) };
            }
        }
        return port;
    }

    static long ColumnsOf(ProtoReader shape)
    {
        var dimensions = new List<long>();
        while (shape.Next())
        {
            if (shape.Field != 1)
                continue;
            var dimension = shape.Message("dimension");
            var size = -1L;
            while (dimension.Next())
                size = dimension.Field == 1 ? dimension.Integer() : size;
            dimensions.Add(size);
        }
        return dimensions.Count switch
        {
            1 => 1,
            2 => dimensions[1] == 0 ? -1 : dimensions[1],
            _ => -1,
        };
    }
}
