"""Materials: a thin hand on Blender's shader nodes, and the few recipes that several objects share."""

import bpy
import numpy as np

Socket = bpy.types.NodeSocket
Material = bpy.types.Material

OCTAVES = 4  # of noise at most: more can hardly be seen, and cost most of the rendering time


class Graph:
    """One material under construction: ``add`` makes a node and gives its output socket."""

    def __init__(self, name: str) -> None:
        self.material = bpy.data.materials.new(name)
        self.material.use_nodes = True
        self.nodes, self.links = self.material.node_tree.nodes, self.material.node_tree.links
        self.nodes.clear()

    def add(self, kind: str, inputs: dict | None = None, out: int | str = 0, **settings: object) -> Socket:
        """Add node ``ShaderNode{kind}``; inputs by name or place are values, colours or other sockets."""
        node = self.nodes.new("ShaderNode" + kind)
        for key, value in settings.items():
            setattr(node, key, value)
        for key, value in (inputs or {}).items():
            socket = node.inputs[key]
            if isinstance(value, bpy.types.NodeSocket):
                self.links.new(value, socket)
            elif socket.type == "RGBA" and len(value) == 3:
                socket.default_value = (*value, 1)
            else:
                socket.default_value = value
        return node.outputs[out]

    def position(self, scale: tuple[float, float, float] = (1, 1, 1), kind: str = "Object") -> Socket:
        """Return texture coordinates, stretched by ``scale``."""
        where = self.add("TexCoord", out=kind)
        return self.add("Mapping", {"Vector": where, "Scale": scale})

    def noise(
        self, scale: float, detail: float = 4, vector: Socket | None = None, distortion: float = 0
    ) -> Socket:
        """Return fractal noise in [0, 1]."""
        inputs = {"Scale": scale, "Detail": min(detail, OCTAVES), "Distortion": distortion}
        return self.add("TexNoise", inputs | {"Vector": vector or self.position()})

    def ramp(self, share: Socket, stops: list[tuple[float, tuple[float, float, float] | float]]) -> Socket:
        """Return colours (or greys) laid over a share."""
        node = self.nodes.new("ShaderNodeValToRGB")
        self.links.new(share, node.inputs[0])
        elements = node.color_ramp.elements
        while len(elements) < len(stops):
            elements.new(0.5)
        for element, (at, colour) in zip(elements, stops, strict=True):
            element.position = at
            element.color = (*((colour,) * 3 if isinstance(colour, float | int) else colour), 1)
        return node.outputs[0]

    def mix(self, share: Socket | float, low: object, high: object, blend: str = "MIX") -> Socket:
        """Return two colours mixed by a share."""
        return self.add("Mix", {0: share, 6: low, 7: high}, out=2, data_type="RGBA", blend_type=blend)

    def math(self, what: str, first: object, second: object = 0.0) -> Socket:
        """Return one arithmetic step."""
        return self.add("Math", {0: first, 1: second}, operation=what)

    def bump(self, height: Socket, distance: float, strength: float = 1.0, under: Socket | None = None) -> Socket:
        """Return a normal bent by a height in [0, 1] worth ``distance`` metres."""
        inputs = {"Height": height, "Distance": distance, "Strength": strength}
        return self.add("Bump", inputs | ({"Normal": under} if under else {}))

    def image(self, pixels: np.ndarray, vector: Socket | None = None, *, data: bool = False) -> Socket:
        """Return an image texture from an array (H, W) or (H, W, 3) in [0, 1], sRGB unless ``data``."""
        pixels = np.asarray(pixels, dtype=np.float32)
        if pixels.ndim == 2:
            pixels = np.repeat(pixels[..., None], 3, axis=2)
        height, width = pixels.shape[:2]
        image = bpy.data.images.new("drawn", width, height, float_buffer=data, is_data=data)
        rgba = np.dstack([np.clip(pixels, 0, 1), np.ones((height, width), np.float32)])[::-1]
        image.pixels.foreach_set(np.ascontiguousarray(rgba, dtype=np.float32).reshape(-1))
        image.update()
        return self.add("TexImage", {"Vector": vector or self.position(kind="UV")}, image=image)

    def principled(self, **inputs: object) -> Material:
        """Close the graph with a principled surface; ``base_color=`` stands for "Base Color" and so on."""
        names = {key: key.replace("_", " ").title().replace("Ior", "IOR") for key in inputs}
        return self.close(self.add("BsdfPrincipled", {names[key]: value for key, value in inputs.items()}))

    def close(self, shader: Socket, volume: Socket | None = None) -> Material:
        """Close the graph with any shader, and a volume if there is one."""
        output = self.nodes.new("ShaderNodeOutputMaterial")
        self.links.new(shader, output.inputs["Surface"])
        if volume is not None:
            self.links.new(volume, output.inputs["Volume"])
        return self.material


def plain(name: str, colour: tuple[float, float, float], roughness: float = 0.5, **more: object) -> Material:
    """Return one colour with faint unevenness and finger smudges, since nothing real is quite even."""
    g = Graph(name)
    cloud = g.noise(23, 5)
    tint = g.mix(g.ramp(cloud, [(0.3, 0.0), (0.75, 0.28)]), colour, tuple(0.72 * c for c in colour))
    smudge = g.ramp(g.noise(60, 3), [(0.35, roughness * 0.85), (0.7, min(roughness * 1.25 + 0.03, 1.0))])
    return g.principled(base_color=tint, roughness=smudge, **more)


def glass(name: str, tint: tuple[float, float, float] = (0.97, 0.99, 0.98), roughness: float = 0.01) -> Material:
    """Return clear glass that lets light through to what is behind it instead of casting a black shadow."""
    g = Graph(name)
    solid = g.add("BsdfGlass", {"Color": tint, "Roughness": roughness, "IOR": 1.48})
    clear = g.add("BsdfTransparent", {"Color": tuple(0.93 * c for c in tint)})
    path = g.nodes.new("ShaderNodeLightPath")
    indirect = g.math("MAXIMUM", path.outputs["Is Shadow Ray"], path.outputs["Is Diffuse Ray"])
    return g.close(g.add("MixShader", {0: indirect, 1: solid, 2: clear}))


def printed(name: str, drawing: np.ndarray, roughness: float = 0.45) -> Material:
    """Return paper with a drawing on it (UV over the whole sheet) and a little grain and wear."""
    g = Graph(name)
    worn = g.mix(g.ramp(g.noise(90, 6), [(0.55, 0.0), (0.8, 0.22)]), g.image(drawing), (0.75, 0.72, 0.66))
    fibres = g.bump(g.noise(900, 2), 0.0004, 0.25)
    return g.principled(base_color=worn, roughness=roughness, normal=fibres)


def woven(name: str, colours: np.ndarray, height: np.ndarray, depth: float, roughness: float = 0.6) -> Material:
    """Return a weave drawn as a picture of its colours and of its height, ``depth`` metres deep."""
    g = Graph(name)
    shade = g.mix(g.ramp(g.noise(14, 5), [(0.3, 0.0), (0.8, 0.35)]), g.image(colours), (0.22, 0.14, 0.07))
    normal = g.bump(g.image(height, data=True), depth)
    return g.principled(base_color=shade, roughness=roughness, normal=normal)
