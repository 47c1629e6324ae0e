// A photo made smaller before it is sent: upright, and without what the camera has written beside it.

const LONGEST = 2048; // px
const QUALITY = 0.92; // below, the file's own blocks would be taken for the photo's

/** Return a photo to send in a file's place: the file itself where it is small or the browser cannot open it. */
export async function shrink(file) {
  let bitmap;
  try {
    bitmap = await createImageBitmap(file, { imageOrientation: "from-image" });
  } catch {
    return file; // HEIC, in most browsers: the server can open it
  }
  try {
    const scale = LONGEST / Math.max(bitmap.width, bitmap.height);
    if (scale >= 1) return file;
    const smaller = await draw(bitmap, Math.round(bitmap.width * scale), Math.round(bitmap.height * scale));
    return smaller && smaller.size < file.size ? smaller : file;
  } finally {
    bitmap.close();
  }
}

function draw(bitmap, width, height) {
  const canvas = document.createElement("canvas");
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext("2d");
  context.fillStyle = "#fff"; // under what is transparent
  context.fillRect(0, 0, width, height);
  context.imageSmoothingQuality = "high";
  context.drawImage(bitmap, 0, 0, width, height);
  return new Promise((done) => canvas.toBlob(done, "image/jpeg", QUALITY));
}
